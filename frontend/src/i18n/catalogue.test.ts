import { describe, expect, it } from "vitest";
import { catalogue as german } from "./de";
import { catalogue as english } from "./en";

/** textsOf flattens a catalogue to its keys and texts, as "start.create.title" and "Create". */
function textsOf(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, child]) => textsOf(child, path ? `${path}.${key}` : key));
}

/** placesOf are the places of a text that values are put in. */
const placesOf = (text: string) => (text.match(/\{\{[^}]+\}\}|<\/?\w+\/?>/g) ?? []).sort();

describe.each(Object.keys(english) as (keyof typeof english)[])("catalogue %s", (namespace) => {
  const source = new Map(textsOf(english[namespace], ""));
  const translated = new Map(textsOf(german[namespace], ""));

  it("has the same keys in both languages", () => {
    expect([...translated.keys()].sort()).toEqual([...source.keys()].sort());
  });

  it("puts the same values into both", () => {
    for (const [key, text] of source) expect(placesOf(translated.get(key) ?? ""), key).toEqual(placesOf(text));
  });

  it("writes counts as numbers are written", () => {
    for (const [key, text] of [...source, ...translated]) expect(text, key).not.toContain("{{count}}");
  });

  it("leaves no text empty", () => {
    for (const [key, text] of [...source, ...translated]) expect(text.trim(), key).not.toBe("");
  });
});
