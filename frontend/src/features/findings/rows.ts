import type { Item } from "./items";

/** Row is a line of the list: the heading of a kind, or an item with its place among the items. */
export type Row = { heading: string; count: number } | { item: Item; at: number };

/** rowsOf puts a heading before the first item of each kind. */
export function rowsOf(items: readonly Item[]): Row[] {
  const rows: Row[] = [];
  items.forEach((item, at) => {
    if (items[at - 1]?.kind !== item.kind) rows.push({ heading: item.kind, count: items.filter((other) => other.kind === item.kind).length });
    rows.push({ item, at });
  });
  return rows;
}

/** moved is the place that a key leads to in a list of so many, null for other keys. */
export function moved(key: string, at: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, last);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "PageDown":
      return Math.min(at + 10, last);
    case "PageUp":
      return Math.max(at - 10, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
