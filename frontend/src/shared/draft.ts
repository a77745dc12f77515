import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, ok } from "../api";
import { flushDrafts, hold, letGo } from "./drafts";

export interface Draft<T> {
  value: T;
  set: (value: T) => void;
  /** clear forgets the draft, after the entry is saved or the person let it go. */
  clear: () => void;
  /** restored is when the draft was kept that the value was restored from, null if it was not. */
  restored: string | null;
  /** ready is false until it is known whether there is a draft. */
  ready: boolean;
}

/**
 * useDraft keeps what is being typed in this device's encrypted database under draft/<key>, 300 ms after the last change and when the window loses
 * the focus, locks or closes; whoever comes back to the same key finds it again.
 */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const client = useQueryClient();
  const path = `draft/${key}`;
  const queryKey = ["draft", key];
  const found = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      await flushDrafts(client);
      const items = await ok(api.GET("/kept", { params: { query: { prefix: path } }, signal }));
      return items.find((item) => item.key === path) ?? null;
    },
    staleTime: 0,
    gcTime: 0,
  });
  const [typed, setTyped] = useState<{ key: string; value: T } | null>(null);
  const first = useRef(initial);
  const mine = typed?.key === key ? typed : null;

  useEffect(() => () => void flushDrafts(client), [client, path]);

  const set = useCallback(
    (value: T) => {
      setTyped({ key, value });
      hold(client, path, value);
    },
    [client, key, path],
  );
  const clear = useCallback(() => {
    letGo(client, path);
    setTyped({ key, value: first.current });
    client.setQueryData(["draft", key], null);
  }, [client, key, path]);

  const kept = found.data ?? null;
  return {
    value: mine ? mine.value : kept ? (kept.value as T) : initial,
    set,
    clear,
    restored: kept?.at ?? null,
    ready: !found.isPending || mine !== null,
  };
}
