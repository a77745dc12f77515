import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, type RefObject } from "react";
import type { Span } from "./window";

interface InSight {
  box: RefObject<HTMLDivElement | null>;
  list: unknown; // another one begins at its top
  count: number;
  rowHeight: number;
  held: number; // the row with the grid's tab stop: drawn even out of sight, so that the focus is never lost
  onSpan: (span: Span) => void;
}

/** coarse is to how many rows the span that is told is rounded: the screen around the table is drawn again only when it moves by these. */
const coarse = 50;

/** useInSight draws the rows in sight of a list of any length, and tells which these are. */
export function useInSight({ box, list, count, rowHeight, held, onSpan }: InSight): Virtualizer<HTMLDivElement, Element> {
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here, and its answers are read in this drawing only
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 5,
    // A frame of scrolling waits for no drawing.
    useFlushSync: false,
    rangeExtractor: useCallback((range: Range) => withHeld(defaultRangeExtractor(range), held), [held]),
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => virtual.scrollToOffset(0), [virtual, list]);

  const first = Math.floor((virtual.range?.startIndex ?? 0) / coarse) * coarse;
  const last = Math.min(Math.ceil((virtual.range?.endIndex ?? 0) / coarse) * coarse, Math.max(0, count - 1));
  useEffect(() => onSpan({ first, last }), [onSpan, first, last]);
  return virtual;
}

function withHeld(rows: number[], held: number): number[] {
  const [first = 0] = rows;
  if (held < 0 || rows.includes(held)) return rows;
  return held < first ? [held, ...rows] : [...rows, held];
}
