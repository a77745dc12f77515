import type { Asset, Definitions, Field } from "../../../api";

/** Fact is one line of an asset: a field and its text. */
export interface Fact {
  field: Field;
  text: string;
}

/** Group is the facts under one heading of the definitions; that of the owner's own fields has no label there. */
export interface Group {
  name: string;
  label: string | null;
  facts: Fact[];
}

/** groupsOf sorts an asset's facts under the headings of the definitions, in their order; the owner's own fields come last. */
export function groupsOf(asset: Asset, { entities, groups }: Definitions, fieldOf: (name: string) => Field): Group[] {
  const known: Group[] = groups.map(({ name, label }) => ({
    name,
    label,
    facts: entities.asset.filter((field) => field.group === name).map((field) => ({ field, text: asset.fields[field.name] ?? "" })),
  }));
  const headers = Object.keys(asset.custom).sort((a, b) => a.localeCompare(b));
  const own: Group = {
    name: "custom",
    label: null,
    facts: headers.map((header) => ({ field: fieldOf(`custom.${header}`), text: asset.custom[header] ?? "" })),
  };
  return [...known, own].filter(({ facts }) => facts.length > 0);
}
