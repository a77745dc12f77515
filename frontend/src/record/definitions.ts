import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, keys, ok, type Definitions, type Field } from "../api";
import { definedWords, type Defined } from "../i18n";

/** definitionsQuery asks once: the tables of the record package change only with the program. */
export const definitionsQuery = queryOptions({
  queryKey: keys.definitions,
  queryFn: ({ signal }) => ok(api.GET("/definitions", { signal })),
});

export type EntityName = keyof Definitions["entities"];

const none: Definitions = { entities: { asset: [], note: [], site: [], workspace: [], member: [] }, groups: [], findings: [], roles: [], sources: [], types: [] };

/** entityNamed gives the entity whose fields a word of the record is about; what has none of its own has the assets'. */
export const entityNamed = (word = ""): EntityName => (Object.hasOwn(none.entities, word) ? (word as EntityName) : "asset");

export interface Known extends Definitions {
  /** ready is false until the definitions are there; everything is empty before. */
  ready: boolean;
  /** fieldOf finds a field by its public name; one that nobody defined (a custom field) gets its name as label. */
  fieldOf: (name: string, entity?: EntityName) => Field;
}

/** useDefinitions gives the fields, labels, help texts, choices and kinds that forms, columns and filters are made from. */
export function useDefinitions(): Known {
  const { data } = useQuery(definitionsQuery);
  const words = definedWords(useTranslation().i18n.language);
  return useMemo(() => {
    const definitions = translated(data ?? none, words);
    const byName = Object.fromEntries(
      Object.entries(definitions.entities).map(([entity, fields]) => [entity, new Map(fields.map((field) => [field.name, field]))]),
    );
    const fieldOf = (name: string, entity: EntityName = "asset") => byName[entity]?.get(name) ?? customField(name);
    return { ...definitions, ready: data !== undefined, fieldOf };
  }, [data, words]);
}

/** translated gives the definitions in the words of a language; what it has none for stays as the program says it. */
function translated(definitions: Definitions, words: Defined | undefined): Definitions {
  if (!words) return definitions;
  const fields = (entity: EntityName) => definitions.entities[entity].map((field) => ({ ...field, ...words.fields[entity]?.[field.name] }));
  return {
    ...definitions,
    entities: { asset: fields("asset"), note: fields("note"), site: fields("site"), workspace: fields("workspace"), member: fields("member") },
    groups: definitions.groups.map((group) => ({ ...group, label: words.groups[group.name] ?? group.label })),
    roles: definitions.roles.map((role) => ({ ...role, label: words.roles[role.name] ?? role.label })),
    findings: definitions.findings.map((finding) => ({ ...finding, sentence: words.findings[finding.kind] ?? finding.sentence })),
  };
}

function customField(name: string): Field {
  return {
    name,
    label: name.replace(/^custom\./, ""),
    help: "",
    group: "",
    scope: "own",
    type: "free",
    enum: [],
    required: false,
    max: 0,
    editable: true,
  };
}
