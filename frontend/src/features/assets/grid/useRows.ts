import { useDebouncedValue } from "@mantine/hooks";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { AssetRow } from "../../../api";
import { pageQuery, type Listing } from "../api/list";
import { pageSize, pagesOf, type Span } from "./window";

/** Rows is a list of which only what was in sight has come. */
export interface Rows {
  listing: Listing; // the one shown; while another is being asked for it is still the last
  total: number;
  at: (index: number) => AssetRow | undefined;
  pending: boolean; // another listing is on its way
  error: Error | null;
  retry: () => void;
}

/** settled is how long the table must stand before pages are asked for, in milliseconds: dragging past a thousand rows asks for none. */
const settled = 60;

/**
 * useRows pages through a listing of any length: it asks for the pages around a span of rows and leaves the others open. What
 * was listed before stays until the first page of what is wanted now has come, so that typing a word empties nothing.
 */
export function useRows(wanted: Listing, span: Span): Rows {
  const client = useQueryClient();
  const [listing, setListing] = useState(wanted);
  const [around] = useDebouncedValue(span, settled);
  const first = useQuery(pageQuery(wanted, 0));
  if (first.data && listing !== wanted) setListing(wanted);

  const pages = useMemo(() => pagesOf(around), [around]);
  const queries = useQueries({ queries: pages.map((page) => pageQuery(listing, page)) });
  // Reading their data is what has the table drawn again when a page comes.
  const [head] = queries.map(({ data }) => data);
  const failed = queries.find(({ error }) => error)?.error ?? first.error;
  return {
    listing,
    total: head?.total ?? 0,
    at: (index) => client.getQueryData(pageQuery(listing, Math.floor(index / pageSize)).queryKey)?.items[index % pageSize],
    pending: first.isPending,
    error: failed,
    retry: () => void Promise.all([first.refetch(), ...queries.map((query) => query.refetch())]),
  };
}
