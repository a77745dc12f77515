import { queryOptions } from "@tanstack/react-query";
import { api, keys, ok, type AssetRow } from "../../../api";
import { pageSize } from "../grid/window";

/** ListQuery is what the table lists: words, conditions as "zone=RAV-Z1", one field to sort by ("-tag" downwards). */
export interface ListQuery {
  search: string;
  where: readonly string[];
  sort: string;
  asOf: string; // empty is now
  struck: boolean; // whether entries that were struck are listed too
}

/** Listing is a query together with the columns to fill. */
export interface Listing {
  query: ListQuery;
  columns: readonly string[];
}

/** forgotten is how long a page out of sight stays in memory, in milliseconds: 50,000 rows shall not pile up. */
const forgotten = 60_000;

/** asked gives a query's parameters without what is empty. */
export function asked({ search, where, sort, asOf, struck }: ListQuery) {
  const chosen = { ...(search && { search }), ...(where.length > 0 && { where: [...where] }), ...(sort && { sort }) };
  return { ...chosen, ...(asOf && { as_of: asOf }), ...(struck && { include_void: true }) };
}

/** pageQuery asks for one page of a listing, from 0. */
export function pageQuery({ query, columns }: Listing, page: number) {
  return queryOptions({
    queryKey: keys.record("assets", "list", query, columns, page),
    queryFn: ({ signal }) =>
      ok(
        api.GET("/assets", {
          params: { query: { ...asked(query), columns: columns.join(","), offset: page * pageSize, limit: pageSize } },
          signal,
        }),
      ),
    gcTime: forgotten,
  });
}

/** mostRows is the most that the program gives in one answer. */
const mostRows = 1000;

/** fetchRows gathers a run of rows in as many questions as it takes; it ends with the list. */
export async function fetchRows({ query, columns }: Listing, from: number, count: number): Promise<AssetRow[]> {
  const rows: AssetRow[] = [];
  while (rows.length < count) {
    const limit = Math.min(mostRows, count - rows.length);
    const part = { columns: columns.join(","), offset: from + rows.length, limit };
    const { items } = await ok(api.GET("/assets", { params: { query: { ...asked(query), ...part } } }));
    rows.push(...items);
    if (items.length < limit) break;
  }
  return rows;
}
