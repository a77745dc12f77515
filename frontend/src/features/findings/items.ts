import type { Conflict, Finding } from "../../api";
import { say } from "../../i18n";

/** conflictKind is the kind under which open conflicts are listed among the findings. */
export const conflictKind = "concurrent_values";

/** Item is one thing a person must look at: a field with several values, or another finding. */
export type Item =
  | { id: string; kind: string; settled: false; conflict: Conflict; finding: null }
  | { id: string; kind: string; settled: boolean; conflict: null; finding: Finding };

/**
 * itemsOf joins conflicts and findings, by kind in the given order. The finding that says that a field has several values is
 * the conflict told twice, so the conflict stands for it.
 */
export function itemsOf(conflicts: readonly Conflict[], findings: readonly Finding[], kinds: readonly string[]): Item[] {
  const items: Item[] = [
    ...conflicts.map((conflict) => ({ id: conflict.id, kind: conflictKind, settled: false as const, conflict, finding: null })),
    ...findings
      .filter((finding) => finding.kind !== conflictKind)
      .map((finding) => ({ id: finding.id, kind: finding.kind, settled: finding.settled, conflict: null, finding })),
  ];
  const rank = new Map([conflictKind, ...kinds.filter((kind) => kind !== conflictKind)].map((kind, at) => [kind, at]));
  const place = (item: Item) => rank.get(item.kind) ?? rank.size;
  return items.sort((a, b) => place(a) - place(b));
}

export interface Filter {
  kind: string | null;
  search: string;
  settled: boolean;
}

export function filtered(items: readonly Item[], filter: Filter): Item[] {
  const words = filter.search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    if (item.settled !== filter.settled) return false;
    if (filter.kind !== null && item.kind !== filter.kind) return false;
    const text = textOf(item).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** titleOf names an item in a list: what it is about. */
export const titleOf = (item: Item): string => (item.conflict ? (item.conflict.tag ?? item.conflict.entity) : about(item.finding).join(", "));

/** about names what a finding is about, as far as the program names it. */
export const about = ({ subjects, tags }: Finding): string[] => (tags.length > 0 ? tags : subjects.map((subject) => subject.label));

/** detailOf says what was found, with the values concerned. */
export function detailOf(finding: Finding): string {
  return say(finding.said, finding.detail);
}

function textOf(item: Item): string {
  if (!item.conflict) return [titleOf(item), detailOf(item.finding), item.kind].join(" ");
  const { field, values } = item.conflict;
  return [titleOf(item), field, item.kind, ...values.flatMap((value) => [value.display, value.member])].join(" ");
}
