import type { AssetRow } from "../../api";

/**
 * What is selected: some assets by their ids, or all that a list's query fits, however many that are. An id survives sorting;
 * another filter or search starts afresh, so that nobody changes what they no longer see. What was struck takes no edits and is
 * never selected.
 */
export type Selection = { kind: "some"; ids: ReadonlySet<string> } | { kind: "all" };

export const nothing: Selection = { kind: "some", ids: new Set() };
export const everything: Selection = { kind: "all" };

/** Whether an asset is selected. */
export const isSelected = (selection: Selection, row: Pick<AssetRow, "id" | "void">): boolean =>
  row.void === null && (selection.kind === "all" || selection.ids.has(row.id));

/** How many are selected of a list in which this many stand. */
export const countSelected = (selection: Selection, standing: number): number => (selection.kind === "all" ? standing : selection.ids.size);

/** Adds the ids, or takes them away. From "all" nothing can be taken without knowing the ids: see without. */
export function withIds(selection: Selection, ids: readonly string[], on: boolean): Selection {
  if (selection.kind === "all") return selection;
  const next = new Set(selection.ids);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return { kind: "some", ids: next };
}

/** All of the ids but one: what is left of "all" when a person takes one out of it. */
export const without = (ids: readonly string[], id: string): Selection => ({
  kind: "some",
  ids: new Set(ids.filter((each) => each !== id)),
});
