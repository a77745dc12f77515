import { useCallbackRef } from "@mantine/hooks";
import { problemOf, type Asset } from "../../../api";
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
  /** error is what went wrong when no field is to blame. */
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

/** useEdits collects edits of an asset as a draft that outlives locking and closing, and saves them as one entry. */
export function useEdits(asset: Asset, textOf: (name: string) => string): Editing {
  const draft = useDraft<Edits>(`asset/${asset.id}`, nothing);
  const edit = useEdit(asset.id);
  const reasons = useReasons();
  const { reason } = draft.value;
  // What has become what is saved is no edit any more, whoever saved it.
  const fields = Object.fromEntries(Object.entries(draft.value.fields).filter(([name, text]) => text !== textOf(name)));
  const refused = edit.error ? problemOf(edit.error).fields : {};
  // What was typed anew since has not been refused yet.
  const errors = Object.fromEntries(Object.entries(refused).filter(([name]) => edit.variables?.fields[name] === fields[name]));
  const put = useCallbackRef((name: string, value: string) => {
    const rest = Object.entries(fields).filter(([other]) => other !== name);
    const next = Object.fromEntries(value === textOf(name) ? rest : [...rest, [name, value]]);
    if (Object.keys(next).length === 0 && reason === "") draft.clear();
    else draft.set({ fields: next, reason });
  });
  return {
    draft,
    count: Object.keys(fields).length,
    typed: (name) => fields[name],
    put,
    setReason: (text) => draft.set({ fields, reason: text }),
    errors,
    error: edit.error && Object.keys(refused).length === 0 ? edit.error : null,
    saving: edit.isPending,
    save: async () => {
      const why = reason.trim();
      await edit.mutateAsync({ fields, reason: why });
      draft.clear();
      reasons.remember(why);
    },
    discard: () => {
      edit.reset();
      draft.clear();
    },
  };
}
