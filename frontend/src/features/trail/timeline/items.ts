import { pickedOf, type Zone } from "../filter/time";
import type { Batch, Entry } from "./group";

/** Item is one line of the timeline: an entry, or the head of a batch of several. */
export type Item = { id: string; day: string | null } & (
  | { kind: "batch"; batch: Batch; open: boolean }
  | { kind: "entry"; entry: Entry; inside: boolean }
);

/** small is how many entries a batch may have to be shown open at first. */
const small = 3;

/** isOpen: small batches are open and large ones closed until a person says otherwise. */
export function isOpen(batch: Batch, turned: ReadonlySet<string>): boolean {
  return turned.has(batch.id) !== batch.entries.length <= small;
}

/** itemsOf lays batches out as lines; a line begins a day where its recorded day differs from the line's before. */
export function itemsOf(batches: readonly Batch[], turned: ReadonlySet<string>, zone: Zone): Item[] {
  const items: Item[] = [];
  let before = "";
  const dayOf = (entry: Entry | undefined): string | null => {
    const at = entry?.head.recorded_at ?? null;
    const day = pickedOf(at ?? undefined, zone)?.slice(0, 10) ?? before;
    if (day === before) return null;
    before = day;
    return at;
  };
  for (const batch of batches) {
    const [first] = batch.entries;
    if (batch.entries.length === 1 && first) {
      items.push({ kind: "entry", id: first.id, entry: first, inside: false, day: dayOf(first) });
      continue;
    }
    const open = isOpen(batch, turned);
    items.push({ kind: "batch", id: batch.id, batch, open, day: dayOf(first) });
    if (open) items.push(...batch.entries.map((entry) => ({ kind: "entry" as const, id: entry.id, entry, inside: true, day: null })));
  }
  return items;
}

/** patience is how many rows of one closed batch are loaded unasked: what lies before an import shall come into sight by itself. */
const patience = 10_000;

/** tailOf gives the closed batch at the loaded end that is too long to be loaded unasked. */
export function tailOf(batches: readonly Batch[], turned: ReadonlySet<string>): Batch | null {
  const last = batches.at(-1);
  if (!last || last.entries.length === 1 || isOpen(last, turned)) return null;
  const rows = last.entries.reduce((sum, entry) => sum + entry.changes.length, 0);
  return rows >= patience ? last : null;
}
