import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, keys, ok, type Note } from "../../../api";

export const states = ["draft", "signed", "amended", "void"] as const;
export type State = (typeof states)[number];

/** NoteFilter narrows the journal; empty texts narrow nothing. */
export interface NoteFilter {
  search: string;
  kind: string;
  state: string;
  asset: string;
}

/** limit is how many notes one question brings. */
const limit = 100;

/** useNotes lists the journal, newest first. */
export function useNotes({ search, kind, state, asset }: NoteFilter) {
  const known = states.find((each) => each === state);
  const query = { ...(search && { search }), ...(kind && { kind }), ...(known && { state: known }), ...(asset && { asset }) };
  return useInfiniteQuery({
    queryKey: keys.record("notes", query),
    queryFn: ({ pageParam, signal }) => ok(api.GET("/notes", { params: { query: { ...query, offset: pageParam, limit } }, signal })),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.items.length, 0);
      return last.items.length > 0 && seen < last.total ? seen : null;
    },
    placeholderData: (before) => before,
  });
}

/** useNote asks for one note, wherever in the journal it is, also when it is struck; until the answer is there it is as the list has it. */
export function useNote(ref: string, listed: Note | undefined) {
  return useQuery({
    queryKey: keys.record("note", ref),
    queryFn: ({ signal }) => ok(api.GET("/notes/{ref}", { params: { path: { ref } }, signal })),
    placeholderData: listed,
  });
}
