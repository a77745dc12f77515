import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** limit is how many rows of history one question brings. */
const limit = 100;

/** useHistory gives the trail of one asset, newest first. */
export function useHistory(id: string) {
  return useInfiniteQuery({
    queryKey: keys.record("asset", id, "history"),
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/trail", { params: { query: { asset: id, order: "desc", limit, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
}

/** useLatest gives the latest entry of a type about an asset, up to a time if one is given; null if there is none. */
export function useLatest(id: string, type: string, until: string) {
  return useQuery({
    queryKey: keys.record("asset", id, "latest", type, until),
    queryFn: async ({ signal }) => {
      const query = { asset: id, type, order: "desc" as const, limit: 1, ...(until && { until }) };
      return (await ok(api.GET("/trail", { params: { query }, signal }))).items[0] ?? null;
    },
  });
}

/** Place names an entry in its feed. */
export interface Place {
  device: string;
  epoch: string;
  seq: number;
}

/** useUndo writes a new entry that sets back what an entry set. */
export function useUndo() {
  return useWrite((body: Place & { reason: string }) => ok(api.POST("/undo", { body })));
}
