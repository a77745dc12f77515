import { useCallbackRef } from "@mantine/hooks";
import { elsewhere, problemOf, type Asset } from "../../../api";
import { useDraft, useReasons, type Draft } from "../../../shared";
import { useEdit } from "../api/edit";

/** Edits are what was typed and not saved yet, by public field name, and why. */
export interface Edits {
  fields: Record<string, string>;
  reason: string;
}

/** Editing is an asset being edited: many fields, one reason, one entry. */
export interface Editing {
  draft: Draft<Edits>;
  count: number;
  /** typed is a field's text as it was typed; undefined when it is as saved. */
  typed: (name: string) => string | undefined;
  /** put takes an edit; the text that is saved already takes it back. It stays the same function, so that it draws no line again. */
  put: (name: string, value: string) => void;
  setReason: (reason: string) => void;
  /** errors says which rule refused which field. */
  errors: Readonly<Record<string, string>>;
  /** error is what went wrong that no line on the screen tells. */
  error: unknown;
  saving: boolean;
  save: () => Promise<void>;
  discard: () => void;
}

/** LineEdit is what one field's line knows of the editing. */
export interface LineEdit {
  typed: string | undefined;
  refused: string | undefined;
  put: Editing["put"] | undefined; // undefined: the line is not edited
}

/** editOf is the part of an editing that concerns one field. */
export const editOf = (editing: Editing | null, name: string): LineEdit => ({
  typed: editing?.typed(name),
  refused: editing?.errors[name],
  put: editing?.put,
});

const nothing: Edits = { fields: {}, reason: "" };

/**
 * useEdits collects edits of an asset as a draft that outlives locking and closing, and saves them as one entry. onScreen says which fields have a line
 * to tell a refusal at.
 */
export function useEdits(asset: Asset, textOf: (name: string) => string, onScreen: (name: string) => boolean): Editing {
  const draft = useDraft<Edits>(`asset/${asset.id}`, nothing);
  const edit = useEdit(asset.id);
  const reasons = useReasons();
  const { reason } = draft.value;
  const sent = edit.isPending ? edit.variables.fields : {};
  // What has become what is saved is no edit any more, whoever saved it; what is on its way may yet be typed back.
  const differs = ([name, text]: [string, string]) => text !== textOf(name) || name in sent;
  const fields = Object.fromEntries(Object.entries(draft.value.fields).filter(differs));
  // What was typed anew since has not been refused yet.
  const refused = ([name]: [string, string]) => (name === "reason" ? edit.variables?.reason === reason.trim() : edit.variables?.fields[name] === fields[name]);
  const errors = Object.fromEntries(Object.entries(edit.error ? problemOf(edit.error).fields : {}).filter(refused));
  const keep = (next: Edits) => (Object.keys(next.fields).length === 0 && next.reason === "" ? draft.clear() : draft.set(next));
  const put = useCallbackRef((name: string, value: string) => {
    const rest = Object.entries(fields).filter(([other]) => other !== name);
    keep({ fields: Object.fromEntries([...rest, ...[[name, value] as [string, string]].filter(differs)]), reason });
  });
  /** settle lets go of what was saved; what was typed meanwhile waits for an entry of its own. */
  const settle = useCallbackRef((saved: Edits) => {
    const rest = Object.entries(draft.value.fields).filter(([name, text]) => saved.fields[name] !== text);
    keep({ fields: Object.fromEntries(rest), reason: reason.trim() === saved.reason ? "" : reason });
  });
  return {
    draft,
    count: Object.keys(fields).length,
    typed: (name) => fields[name],
    put,
    setReason: (text) => draft.set({ fields, reason: text }),
    errors,
    error: elsewhere(edit.error, (name) => name === "reason" || !(name in errors) || (name in fields && onScreen(name))),
    saving: edit.isPending,
    save: async () => {
      const saved = { fields, reason: reason.trim() };
      await edit.mutateAsync(saved);
      settle(saved);
      reasons.remember(saved.reason);
    },
    discard: () => {
      edit.reset();
      draft.clear();
    },
  };
}
