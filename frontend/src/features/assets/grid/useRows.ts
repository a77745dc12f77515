import { useDebouncedValue } from "@mantine/hooks";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { AssetRow } from "../../../api";
import { pageQuery, type Listing } from "../api/list";
import { pageSize, pagesOf, type Span } from "./window";

/** Rows is a list of which only what was in sight has come. */
export interface Rows {
  listing: Listing; // the one shown; while another is being asked for it is still the last
  total: number;
  struck: number; // how many of them were struck, and so are in no selection
  at: (index: number) => AssetRow | undefined;
  pending: boolean; // another listing is on its way
  error: Error | null;
  retry: () => void;
}

/**
 * useRows lists by the first page, which knows how long the list is. What was listed before stays until the first page of what is wanted
 * now has come, so that typing a word empties nothing.
 */
export function useRows(wanted: Listing): Rows {
  const client = useQueryClient();
  const [listing, setListing] = useState(wanted);
  const next = useQuery(pageQuery(wanted, 0));
  const shown = useQuery(pageQuery(listing, 0));
  const standing = useQuery({ ...pageQuery({ query: { ...listing.query, struck: false }, columns: ["tag"] }, 0), enabled: listing.query.struck });
  const total = shown.data?.total ?? 0;
  if (next.data && listing !== wanted) setListing(wanted);
  return {
    listing,
    total,
    struck: listing.query.struck && standing.data ? total - standing.data.total : 0,
    at: useCallback((index) => client.getQueryData(pageQuery(listing, Math.floor(index / pageSize)).queryKey)?.items[index % pageSize], [client, listing]),
    pending: next.isPending,
    error: next.error ?? shown.error,
    retry: () => void Promise.all([next.refetch(), shown.refetch()]),
  };
}

/** settled is how long the table must stand before pages are asked for, in milliseconds: dragging past a thousand rows asks for none. */
const settled = 60;

/** Pages is what went wrong with the pages in sight, and the way to ask again. */
interface Pages {
  error: Error | null;
  retry: () => void;
}

/** usePages asks for the pages around a span of rows, leaves the others open, and has the table drawn again when one comes. */
export function usePages(listing: Listing, span: Span): Pages {
  const [around] = useDebouncedValue(span, settled);
  const pages = useMemo(() => pagesOf(around), [around]);
  const queries = useQueries({ queries: pages.map((page) => pageQuery(listing, page)) });
  // Reading their data is what has the table drawn again when a page comes.
  const failed = queries.filter(({ data, error }) => data === undefined && error !== null);
  return { error: failed[0]?.error ?? null, retry: () => failed.forEach((query) => void query.refetch()) };
}
