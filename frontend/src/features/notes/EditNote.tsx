import { Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { problemOf, type Note } from "../../api";
import { FieldInput, useDefinitions } from "../../record";
import { DraftNotice, ReasonForm, tell, useDraft } from "../../shared";
import { useAmend, useChange } from "./api/write";

interface Props {
  note: Note;
  /** A draft is edited; a signed note is never: amending writes a new one that names it. */
  way: "edit" | "amend";
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** EditNote gives a note another text, for a reason. */
export function EditNote({ note, way, onClose, onSaved }: Props) {
  const { t } = useTranslation("notes");
  const { fieldOf } = useDefinitions();
  const change = useChange(note.id);
  const amend = useAmend(note.id);
  const write = way === "edit" ? change : amend;
  const draft = useDraft(`notes/${note.id}/${way}`, { text: note.text, reason: "" });
  const { text, reason } = draft.value;
  const refused = write.error ? problemOf(write.error).fields : {};
  const save = (why: string) =>
    write.mutate(
      { text, reason: why },
      {
        onSuccess: ({ id }) => {
          draft.clear();
          onClose();
          tell(t(`${way}.done`));
          onSaved(id);
        },
      },
    );
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`${way}.title`)}>
      <ReasonForm
        reason={reason}
        onReason={(next) => draft.set({ text, reason: next })}
        refused={refused["reason"]}
        action={t(`${way}.save`)}
        busy={write.isPending}
        error={Object.keys(refused).length === 0 && write.error}
        onConfirm={save}
        onClose={onClose}
      >
        <Text size="sm">{t(`${way}.help`)}</Text>
        <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
        {draft.ready && (
          <FieldInput
            field={fieldOf("text", "note")}
            value={text}
            onChange={(next) => draft.set({ text: next, reason })}
            error={refused["text"]}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to write
            autoFocus
          />
        )}
      </ReasonForm>
    </Modal>
  );
}
