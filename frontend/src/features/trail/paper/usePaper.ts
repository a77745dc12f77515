import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { keys, type TrailPage, type TrailRow } from "../../../api";
import { readTrail } from "../api/trail";
import type { Filter } from "../filter/filter";

/** Paper is what goes to the printer: rows, and whether older ones are left out. */
export interface Paper {
  rows: readonly TrailRow[];
  cut: boolean;
  at: string;
}

/**
 * usePaper lays the trail out for paper, where nothing can be scrolled. print gathers the rows first; the browser's own print
 * command gets what is loaded.
 */
export function usePaper(filter: Filter) {
  const client = useQueryClient();
  const [paper, setPaper] = useState<Paper | null>(null);
  useEffect(() => {
    const before = () => {
      const loaded = client.getQueryData<{ pages: TrailPage[] }>(keys.record("trail", "rows", filter))?.pages ?? [];
      const rows = loaded.flatMap((page) => page.items);
      flushSync(() => setPaper((held) => held ?? { rows, cut: loaded.at(-1)?.next != null, at: new Date().toISOString() }));
    };
    const after = () => setPaper(null);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, [client, filter]);
  const print = async () => {
    const { items, next } = await readTrail(filter);
    flushSync(() => setPaper({ rows: items, cut: next !== null, at: new Date().toISOString() }));
    window.print();
  };
  return { paper, print };
}
