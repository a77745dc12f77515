import { useInfiniteQuery } from "@tanstack/react-query";
import { api, keys, ok, type TrailPage } from "../../../api";
import type { Filter } from "../filter/filter";

/** page is how many rows one question brings; the server gives 500 at most. */
const page = 200;

export function askTrail(filter: Filter, cursor: string | null, limit: number, signal?: AbortSignal): Promise<TrailPage> {
  const query = { ...filter, order: "desc" as const, limit, ...(cursor !== null && { cursor }) };
  return ok(api.GET("/trail", { params: { query }, ...(signal && { signal }) }));
}

/** useTrail reads the trail newest first, page by page. */
export function useTrail(filter: Filter) {
  return useInfiniteQuery({
    queryKey: keys.record("trail", "rows", filter),
    queryFn: ({ pageParam, signal }) => askTrail(filter, pageParam, page, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** mostPrinted bounds a print: a browser lays out no more rows in reasonable time. The export has no such bound. */
export const mostPrinted = 5000;

/** readTrail gathers the newest rows for a print and says whether there are more. */
export async function readTrail(filter: Filter): Promise<TrailPage> {
  const items: TrailPage["items"] = [];
  let cursor: string | null = null;
  do {
    const next: TrailPage = await askTrail(filter, cursor, 500);
    items.push(...next.items);
    cursor = next.next;
  } while (cursor !== null && items.length < mostPrinted);
  return { items, next: cursor };
}
