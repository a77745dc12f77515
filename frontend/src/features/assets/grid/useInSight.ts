import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, type RefObject } from "react";
import type { Span } from "./window";

interface InSight {
  box: RefObject<HTMLDivElement | null>;
  list: unknown; // each is shown where it was left, a new one from its top
  count: number;
  rowHeight: number;
  held: number; // the row with the grid's tab stop: drawn even out of sight, so that the focus is never lost
}

/** Sight is what is drawn of a list. */
interface Sight {
  rows: number[]; // in their order
  apart: number; // the one of them that is out of sight, -1 for none
  above: number; // pixels of what is not drawn above the others
  height: number; // of the whole list in pixels
  span: Span; // what is in sight, roughly
}

/** overscan is how many rows are drawn beyond each edge, for a frame of smooth scrolling; every jump draws these too. */
const overscan = 3;

/** coarse is to how many rows the span in sight is rounded: pages are thought of only when it moves by these. */
const coarse = 50;

/** useInSight chooses the rows to draw of a list of any length. */
export function useInSight({ box, list, count, rowHeight, held }: InSight): Sight {
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here, and its answers are read in this drawing only
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan,
    // A frame of scrolling waits for no drawing.
    useFlushSync: false,
    rangeExtractor: useCallback((range: Range) => withHeld(defaultRangeExtractor(range), held), [held]),
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const client = useQueryClient();
  const place = JSON.stringify(list);
  const some = count > 0;
  useEffect(() => {
    if (!some || !box.current) return undefined;
    const left = ["place", place];
    box.current.scrollTop = client.getQueryData<number>(left) ?? 0;
    return () => void client.setQueryData(left, virtual.scrollOffset ?? 0);
  }, [virtual, client, box, place, some]);

  const rows = virtual.getVirtualItems().map(({ index }) => index);
  const { startIndex, endIndex } = virtual.range ?? { startIndex: 0, endIndex: 0 };
  const first = Math.floor(startIndex / coarse) * coarse;
  const last = Math.min(Math.ceil(endIndex / coarse) * coarse, Math.max(0, count - 1));
  return {
    rows,
    apart: held < startIndex - overscan || held > endIndex + overscan ? held : -1,
    above: Math.max(0, startIndex - overscan) * rowHeight,
    height: count * rowHeight,
    span: useMemo(() => ({ first, last }), [first, last]),
  };
}

function withHeld(rows: number[], held: number): number[] {
  const [first = 0] = rows;
  if (held < 0 || rows.includes(held)) return rows;
  return held < first ? [held, ...rows] : [...rows, held];
}
