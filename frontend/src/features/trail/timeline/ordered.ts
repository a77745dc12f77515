import type { Field, TrailRow } from "../../../api";

/** ordered gives the rows of an event that changed a field, in the order in which forms show the fields; members of sets come last. */
export function ordered(rows: readonly TrailRow[], fields: readonly Field[]): TrailRow[] {
  const rank = new Map(fields.map((field, at) => [field.name, at]));
  const place = (row: TrailRow) => rank.get(row.field ?? "") ?? rank.size;
  const compare = (a: TrailRow, b: TrailRow) => place(a) - place(b) || (a.field ?? "").localeCompare(b.field ?? "", "en", { numeric: true });
  return rows.filter((row) => row.field !== null).sort(compare);
}
