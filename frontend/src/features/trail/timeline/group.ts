import type { TrailRow } from "../../../api";

/** Entry is one event of the log with the rows of all fields it changed: (device, epoch, seq) names it. */
export interface Entry {
  id: string;
  head: TrailRow;
  changes: TrailRow[];
}

/** Batch is what one act wrote in many entries, as an import; an entry of its own is a batch of one. */
export interface Batch {
  id: string;
  /** entries are those to be shown; of a folded batch the first one. */
  entries: Entry[];
  /** count is how many entries it has, null where more may not be loaded yet; types are their kinds. */
  count: number | null;
  types: string[];
}

export function nameOf(row: TrailRow): string {
  // Two branches of a forked feed have entries of one name, so the hash is part of it.
  return `${row.device}-${row.epoch}-${row.seq}-${row.hash}`;
}

/** entriesOf joins the rows of one event, which the trail gives one after the other. */
export function entriesOf(rows: readonly TrailRow[]): Entry[] {
  const entries: Entry[] = [];
  for (const row of rows) {
    const id = nameOf(row);
    const last = entries.at(-1);
    if (last?.id === id) last.changes.push(row);
    else entries.push({ id, head: row, changes: [row] });
  }
  return entries;
}

/**
 * together tells whether two neighbours came from one act: all that one act writes has one recorded time, to the millisecond, and one
 * reason. A filter may have left out entries between them. Entries without a reason, such as those about members, stand alone.
 */
function together(a: TrailRow, b: TrailRow): boolean {
  return (
    a.device === b.device &&
    a.epoch === b.epoch &&
    a.recorded_at === b.recorded_at &&
    a.source_name === b.source_name &&
    a.reason !== null &&
    a.reason === b.reason
  );
}

/** small is how many entries of one act the program gives one by one where it folds longer ones. */
const small = 3;

export function batchesOf(entries: readonly Entry[]): Batch[] {
  const batches: Batch[] = [];
  for (const entry of entries) {
    const { entries: count, types } = entry.head.act ?? { entries: 1, types: [entry.head.type] };
    const last = batches.at(-1);
    if (!last?.entries[0] || !together(last.entries[0].head, entry.head)) {
      batches.push({ id: `batch ${entry.id}`, entries: [entry], count, types });
      continue;
    }
    last.types = [...new Set([...last.types, ...types])];
    if (entry.head.act) {
      // What is too long for one page is folded on each.
      last.count = (last.count ?? 0) + count;
    } else {
      last.entries.push(entry);
      last.count = last.entries.length <= small ? last.entries.length : null;
    }
  }
  return batches;
}
