import { useInfiniteQuery } from "@tanstack/react-query";
import { api, keys, ok, type TrailPage } from "../../../api";
import type { Filter } from "../filter/filter";

/** page is how many rows one question brings; the server gives 500 at most. */
const page = 200;

interface Question extends Filter {
  cursor?: string;
  limit: number;
  /** fold gives what one act wrote in many entries as its first one. */
  fold?: boolean;
}

function askTrail(question: Question, signal?: AbortSignal): Promise<TrailPage> {
  return ok(api.GET("/trail", { params: { query: { ...question, order: "desc" } }, ...(signal && { signal }) }));
}

/** useTrail reads the trail newest first, page by page, long acts folded; unless a single moment is asked for: there every entry of an act. */
export function useTrail(filter: Filter) {
  const fold = filter.since === undefined || filter.since !== filter.until;
  return useInfiniteQuery({
    queryKey: keys.record("trail", "rows", filter),
    queryFn: ({ pageParam, signal }) => askTrail({ ...filter, fold, limit: page, ...(pageParam !== null && { cursor: pageParam }) }, signal),
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
    const next: TrailPage = await askTrail({ ...filter, limit: 500, ...(cursor !== null && { cursor }) });
    items.push(...next.items);
    cursor = next.next;
  } while (cursor !== null && items.length < mostPrinted);
  return { items, next: cursor };
}
