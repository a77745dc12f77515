import { useInfiniteQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** NoteFilter narrows the journal; empty texts narrow nothing. */
export interface NoteFilter {
  search: string;
  state: string;
  kind: string;
  asset: string;
}

/** notes that one question brings. */
const limit = 100;

/** useNotes lists the journal, newest first. */
export function useNotes(filter: NoteFilter) {
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  return useInfiniteQuery({
    queryKey: keys.record("notes", filter),
    queryFn: ({ pageParam, signal }) => ok(api.GET("/notes", { params: { query: { ...query, offset: pageParam, limit } }, signal })),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.items.length, 0);
      return last.items.length > 0 && seen < last.total ? seen : null;
    },
  });
}
