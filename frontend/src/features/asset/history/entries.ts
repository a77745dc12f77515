import type { TrailRow } from "../../../api";

/** Entry is one event of the trail with all the fields it changed. */
export interface Entry {
  head: TrailRow;
  changes: TrailRow[]; // those that name a field
}

/** entriesOf puts rows that tell of one event together. The rows of an event follow each other, also over the end of a page. */
export function entriesOf(rows: readonly TrailRow[]): Entry[] {
  const entries: Entry[] = [];
  for (const row of rows) {
    const last = entries.at(-1);
    if (last && same(last.head, row)) last.changes.push(...changesOf(row));
    else entries.push({ head: row, changes: changesOf(row) });
  }
  return entries;
}

const changesOf = (row: TrailRow): TrailRow[] => (row.field === null ? [] : [row]);
const same = (a: TrailRow, b: TrailRow): boolean => a.device === b.device && a.epoch === b.epoch && a.seq === b.seq;
