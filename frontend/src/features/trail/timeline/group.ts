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
  entries: Entry[];
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

export function batchesOf(entries: readonly Entry[]): Batch[] {
  const batches: Batch[] = [];
  let before: Entry | undefined;
  for (const entry of entries) {
    const last = batches.at(-1);
    if (last && before && together(before.head, entry.head)) last.entries.push(entry);
    else batches.push({ id: `batch ${entry.id}`, entries: [entry] });
    before = entry;
  }
  return batches;
}
