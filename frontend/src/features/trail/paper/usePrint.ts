import { useQueryClient } from "@tanstack/react-query";
import { keys, type TrailPage, type TrailRow } from "../../../api";
import { usePaper } from "../../../shared";
import { readTrail } from "../api/trail";
import type { Filter } from "../filter/filter";

/** Printed is what of the trail goes to the printer: rows, and whether older ones are left out. */
export interface Printed {
  rows: readonly TrailRow[];
  cut: boolean;
}

/** usePrint has the rows of a filter gathered before the trail goes to paper. */
export function usePrint(filter: Filter) {
  const client = useQueryClient();
  const loaded = (): Printed => {
    const pages = client.getQueryData<{ pages: TrailPage[] }>(keys.record("trail", "rows", filter))?.pages ?? [];
    return { rows: pages.flatMap(({ items }) => items), cut: pages.at(-1)?.next != null };
  };
  const gather = async (): Promise<Printed> => {
    const { items, next } = await readTrail(filter);
    return { rows: items, cut: next !== null };
  };
  return usePaper(loaded, gather);
}
