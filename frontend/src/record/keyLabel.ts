import type { Known } from "./definitions";

const id = /^[0-9a-f]{32}$/;

/** short is how much of an id is enough to tell it from others. */
const short = 8;

/** shortened cuts ids, which nobody reads, and leaves everything else. */
export function shortened(text: string): string {
  return id.test(text) ? text.slice(0, short) : text;
}

/** referenceOf is the asset that a row of the trail names in its field or value; null for all others. */
export function referenceOf(field: string, after: string): string | null {
  const [, about] = /^assets\/([0-9a-f]{32})$/.exec(field) ?? [];
  if (about !== undefined) return about;
  return field === "merged_into" && id.test(after) ? after : null;
}

/** keyLabel names a member of a set, as ports/tcp-443/port, by the label of the set and the rest of its name. */
export function keyLabel(name: string, label: Known["fieldOf"]): string {
  const [set = name, ...rest] = name.split("/");
  return [label(set).label, ...rest.map(shortened)].join(" · ");
}
