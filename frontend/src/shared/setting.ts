import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { keep, keys, useKeptUnder, type Kept } from "../api";

/** useSetting reads and writes one kept value of this device, as setting/columns; what is not kept yet reads as the fallback. */
export function useSetting<T>(key: string, fallback: T): [T, (value: T) => void, boolean] {
  const client = useQueryClient();
  const { data, isSuccess } = useKeptUnder(key);
  const found = data?.find((item) => item.key === key);
  const set = useCallback(
    (value: T) => {
      const item: Kept = { key, value, at: new Date().toISOString() };
      client.setQueryData<Kept[]>(keys.kept(key), (items = []) => [...items.filter((other) => other.key !== key), item]);
      void keep(key, value).catch(() => client.invalidateQueries({ queryKey: keys.kept(key) }));
    },
    [client, key],
  );
  return [found ? (found.value as T) : fallback, set, isSuccess];
}
