import type { Asset, Field } from "../../../api";
import type { Heading } from "../../../record";
import { textOf } from "../texts";

/** Fact is one line of an asset: a field and its text. */
export interface Fact {
  field: Field;
  text: string;
}

/** Group is the facts under one heading. */
export interface Group {
  name: string;
  label: string;
  facts: Fact[];
}

/** groupsOf sorts an asset's facts under the headings. Of the owner's own columns those that are empty stand there only if every is asked for. */
export function groupsOf(asset: Asset, headings: Heading[], every: boolean): Group[] {
  return headings
    .map(({ name, label, fields }) => ({ name, label, facts: fields.map((field) => ({ field, text: textOf(asset, field.name) })) }))
    .map((group) => (every || group.name !== "custom" ? group : { ...group, facts: group.facts.filter(({ text }) => text !== "") }))
    .filter(({ facts }) => facts.length > 0);
}

/** hasLine tells whether a tab of the asset has a line for a field, by the name that an edit calls it. */
export function hasLine(tab: string, name: string, asset: Asset, headings: Heading[]): boolean {
  if (tab === "facts") return headings.some(({ fields }) => fields.some((field) => field.name === name));
  return tab === "interfaces" && asset.interfaces.some(({ names }) => Object.values(names).includes(name));
}
