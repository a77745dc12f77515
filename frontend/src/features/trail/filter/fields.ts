import type { Definitions } from "../../../api";

/** fieldsOf lists every field once by its public name: the trail's filter goes by the name, whatever entity has it. */
export function fieldsOf({ entities }: Definitions): { value: string; label: string }[] {
  const labels = new Map<string, string>();
  for (const field of [...entities.asset, ...entities.note, ...entities.site]) {
    if (!labels.has(field.name)) labels.set(field.name, field.label);
  }
  return [...labels].map(([value, label]) => ({ value, label }));
}
