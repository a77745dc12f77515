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

/**
 * keyLabel names a member of a set, as ports/tcp-443/port, by the label of the set and the rest of its name, and a field of a further interface, as
 * interfaces/X2/ip_address, by the interface and the label. removed is the word for what was taken out.
 */
export function keyLabel(name: string, label: Known["fieldOf"], removed: string): string {
  const said = (rest: string[]) => rest.map((each) => (each === "removed" ? removed : shortened(each)));
  const [set = name, ...rest] = name.split("/");
  if (set !== "interfaces") return [label(set).label, ...said(rest)].join(" · ");
  // An interface may have slashes in its name, as Gi0/1.
  const at = rest.findIndex((each, place) => place > 0 && (each === "removed" || label(each).scope === "interface"));
  if (at < 0) return name;
  const [field = "", ...deeper] = rest.slice(at);
  return [shortened(rest.slice(0, at).join("/")), field === "removed" ? removed : label(field).label, ...said(deeper)].join(" · ");
}
