/** How a condition compares a field with its value; empty and filled take none. */
export type Operator = "is" | "not" | "has" | "empty" | "filled";

/** One condition of a filter, on a field by its public name. */
export interface Condition {
  field: string;
  operator: Operator;
  value: string;
}

export const operators: readonly Operator[] = ["is", "not", "has", "empty", "filled"];

const signs: Record<Operator, string> = { is: "=", not: "!=", has: "~", empty: "=", filled: "!=" };

/** Whether an operator compares with a value at all. */
export const takesValue = (operator: Operator): boolean => operator !== "empty" && operator !== "filled";

/** A condition as the list is asked for it and as the address bar shows it: zone=RAV-Z1. */
export function formatCondition({ field, operator, value }: Condition): string {
  return `${field}${signs[operator]}${takesValue(operator) ? value.trim() : ""}`;
}

/** Reads what formatCondition writes; undefined for text that is no condition, as in an address typed by hand. */
export function parseCondition(text: string): Condition | undefined {
  const parts = /^([^=~!]+)(!=|=|~)(.*)$/s.exec(text);
  if (!parts) return undefined;
  const [, field = "", sign, rest = ""] = parts;
  const value = rest.trim();
  if (sign === "~") return value ? { field, operator: "has", value } : undefined;
  if (value) return { field, operator: sign === "=" ? "is" : "not", value };
  return { field, operator: sign === "=" ? "empty" : "filled", value: "" };
}

/** The conditions among some texts; what is none is left out. */
export function parseConditions(texts: readonly string[]): Condition[] {
  return texts.map(parseCondition).filter((each) => each !== undefined);
}
