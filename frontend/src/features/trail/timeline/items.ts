import { pickedOf, type Zone } from "../../../shared";
import type { Batch, Entry } from "./group";

/** Item is one line of the timeline: an entry, or the head of a batch of several. */
export type Item = { id: string; day: string | null } & (
  | { kind: "batch"; batch: Batch }
  | { kind: "entry"; entry: Entry; inside: boolean }
);

/** itemsOf lays batches out as lines; a line begins a day where its recorded day differs from the line's before. */
export function itemsOf(batches: readonly Batch[], zone: Zone): Item[] {
  const items: Item[] = [];
  let before = "";
  const dayOf = (entry: Entry | undefined): string | null => {
    const at = entry?.head.recorded_at ?? null;
    const day = pickedOf(at, zone)?.slice(0, 10) ?? before;
    if (day === before) return null;
    before = day;
    return at;
  };
  for (const batch of batches) {
    const [first] = batch.entries;
    if (batch.count === 1 && first) {
      items.push({ kind: "entry", id: first.id, entry: first, inside: false, day: dayOf(first) });
      continue;
    }
    items.push({ kind: "batch", id: batch.id, batch, day: dayOf(first) });
    if (!first?.head.act) items.push(...batch.entries.map((entry) => ({ kind: "entry" as const, id: entry.id, entry, inside: true, day: null })));
  }
  return items;
}
