import type { Field, Mapping, PreviewColumn } from "../../api";

/** Plan is what a person decided about a list: it can be kept and used for the next list from the same source. */
export interface Plan {
  /** columns says for a header which field its cells go to, {@link asCustom} or {@link leftOut}. */
  columns: Record<string, string>;
  /** values says for a field what the list's own words mean. */
  values: Record<string, Record<string, string>>;
  /** set fills fields of rows that leave them open. */
  set: Record<string, string>;
}

export const emptyPlan: Plan = { columns: {}, values: {}, set: {} };

/** The two meanings of a column that are no field, as a mapping file spells them. */
export const asCustom = "custom";
export const leftOut = "-";

/** readPlan takes a kept value as a plan, or what of it is one: it may come from another version. */
export function readPlan(value: unknown): Plan {
  const part = (name: keyof Plan) => (isObject(value) && isObject(value[name]) ? value[name] : {});
  const values = Object.entries(part("values")).map(([field, words]) => [field, texts(words)] as const);
  return { columns: texts(part("columns")), values: Object.fromEntries(values), set: texts(part("set")) };
}

/** mappingOf is the part of a plan that fits a list: a header that the list lacks would be refused. */
export function mappingOf(plan: Plan, headers: readonly string[]): Mapping {
  const here = Object.entries(plan.columns).filter(([header]) => headers.includes(header));
  return { columns: Object.fromEntries(here), values: plan.values };
}

/** strangers are the headers that a plan names and a list lacks. */
export function strangers(plan: Plan, headers: readonly string[]): string[] {
  return Object.keys(plan.columns).filter((header) => !headers.includes(header));
}

/** meaningOf is what a column was taken for, in the words of a mapping. */
export function meaningOf(column: PreviewColumn): string {
  if (column.how === "skipped") return leftOut;
  return column.name.startsWith("custom.") ? asCustom : column.name;
}

/** unsaid are the required fields that no column goes to: rows need them from elsewhere. The tag names the row and is never one of them. */
export function unsaid(fields: readonly Field[], columns: readonly PreviewColumn[]): Field[] {
  const said = new Set(columns.map((column) => column.name));
  return fields.filter((field) => field.required && field.name !== "tag" && !said.has(field.name));
}

/** Word is a word of the list for a field that takes one of a few. */
export interface Word {
  field: string;
  cell: string;
}

/** wordsOf are the words that a plan translates, and those seen in the list that the field does not know. */
export function wordsOf(plan: Plan, fields: readonly Field[], columns: readonly PreviewColumn[]): Word[] {
  const found: Word[] = Object.entries(plan.values).flatMap(([field, words]) =>
    Object.keys(words).map((cell) => ({ field, cell })),
  );
  for (const field of choices(fields, columns)) {
    for (const cell of columns.filter((column) => column.name === field.name).flatMap((column) => column.samples)) {
      const known = field.enum.includes(cell) || found.some((word) => word.field === field.name && word.cell === cell);
      if (cell !== "" && !known) found.push({ field: field.name, cell });
    }
  }
  return found;
}

/** choices are the fields with fixed words that a column of the list goes to. */
export function choices(fields: readonly Field[], columns: readonly PreviewColumn[]): Field[] {
  return fields.filter((field) => field.enum.length > 0 && columns.some((column) => column.name === field.name));
}

/** withWord says what a word means; "" takes that back. */
export function withWord(plan: Plan, { field, cell }: Word, means: string): Plan {
  return { ...plan, values: { ...plan.values, [field]: withText(plan.values[field] ?? {}, cell, means) } };
}

/** withText sets one of several texts; "" takes it out. */
export function withText(all: Record<string, string>, name: string, text: string): Record<string, string> {
  const others = Object.entries(all).filter(([other]) => other !== name);
  return Object.fromEntries(text === "" ? others : [...others, [name, text]]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function texts(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
