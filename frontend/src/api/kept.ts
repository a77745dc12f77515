import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "./client";
import { keys } from "./keys";

/** useKeptUnder lists what this device keeps under a prefix, such as view/assets/. */
export function useKeptUnder(prefix: string) {
  return useQuery({
    queryKey: keys.kept(prefix),
    queryFn: ({ signal }) => ok(api.GET("/kept", { params: { query: { prefix } }, signal })),
  });
}

/** keep stores a small JSON value in this device's encrypted database; it is never synced. */
export function keep(key: string, value: unknown): Promise<unknown> {
  return ok(api.PUT("/kept", { params: { query: { key } }, body: { value } }));
}

/** discard drops a kept value; one that is not there is no error. */
export function discard(key: string): Promise<unknown> {
  return ok(api.DELETE("/kept", { params: { query: { key } } }));
}

/** useKeep gives both as mutations that renew every list of kept values. */
export function useKeep() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ["kept"] });
  return {
    keep: useMutation({ mutationFn: (item: { key: string; value: unknown }) => keep(item.key, item.value), onSettled }),
    discard: useMutation({ mutationFn: discard, onSettled }),
  };
}
