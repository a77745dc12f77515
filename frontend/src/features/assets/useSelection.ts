import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { AssetRow } from "../../api";
import { pageQuery, fetchRows, type Listing } from "./api/list";
import type { Rows } from "./grid/useRows";
import { pageSize } from "./grid/window";
import { everything, nothing, withIds, without, type Selection } from "./selection";

/** Choosing is what is selected and the ways to change it; rows are named by their place in the list. */
export interface Choosing {
  selection: Selection;
  toggle: (row: number) => void;
  range: (from: number, to: number) => void;
  all: (on: boolean) => void;
}

/** useSelection holds what is selected as long as the same search and filter is listed. */
export function useSelection(rows: Rows): Choosing {
  const client = useQueryClient();
  const { listing, total } = rows;
  const scope = JSON.stringify([listing.query.search, listing.query.where, listing.query.asOf]);
  const [held, setHeld] = useState<{ scope: string; selection: Selection }>({ scope, selection: nothing });
  const selection = held.scope === scope ? held.selection : nothing;
  const set = useCallback((next: Selection) => setHeld({ scope, selection: next }), [scope]);

  const ids = async (from: number, count: number) => {
    const here = loaded(from, count, (page) => client.getQueryData(pageQuery(listing, page).queryKey)?.items);
    return standing(here ?? (await fetchRows(plain(listing), from, count)));
  };
  return {
    selection,
    toggle: (row) => {
      const [id] = standing([rows.at(row)]);
      if (!id) return;
      if (selection.kind === "some") set(withIds(selection, [id], !selection.ids.has(id)));
      else void ids(0, total).then((every) => set(without(every, id)));
    },
    range: (from, to) => void ids(Math.min(from, to), Math.abs(to - from) + 1).then((found) => set(withIds(nothing, found, true))),
    all: (on) => set(on ? everything : nothing),
  };
}

/** plain is a listing without columns but the first, to ask for ids only. */
const plain = (listing: Listing): Listing => ({ ...listing, columns: ["tag"] });

/** standing gives the ids of the rows that were not struck. */
const standing = (rows: (AssetRow | undefined)[]): string[] => rows.flatMap((row) => (row && row.void === null ? [row.id] : []));

/** loaded gives a run of rows if their pages are there already. */
function loaded(from: number, count: number, itemsOf: (page: number) => AssetRow[] | undefined): AssetRow[] | undefined {
  const items: AssetRow[] = [];
  for (let row = from; row < from + count; row++) {
    const item = itemsOf(Math.floor(row / pageSize))?.[row % pageSize];
    if (!item) return undefined;
    items.push(item);
  }
  return items;
}
