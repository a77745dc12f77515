import { Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { elsewhere, problemOf, type Note } from "../../api";
import { FieldInput, useDefinitions } from "../../record";
import { DraftNotice, ReasonForm, tell, useDraft } from "../../shared";
import { useAmend, useChange } from "./api/write";
import { Newer } from "./Newer";

interface Props {
  note: Note;
  /** A draft is edited; a signed note is never: amending writes a new one that names it. */
  way: "edit" | "amend";
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** EditNote gives a note another text, for a reason. With the text is kept of which state of the note it was made. */
export function EditNote({ note, way, onClose, onSaved }: Props) {
  const { t } = useTranslation("notes");
  const { fieldOf } = useDefinitions();
  const change = useChange(note.id);
  const amend = useAmend(note.id);
  const { isPending, error } = way === "edit" ? change : amend;
  const draft = useDraft(`notes/${note.id}/${way}`, { text: note.text, seen: note.heads, reason: "" });
  const { text, seen, reason } = draft.value;
  const put = (part: Partial<typeof draft.value>) => draft.set({ ...draft.value, ...part });
  const refused = error ? problemOf(error).fields : {};
  const joined = () => {
    put({ seen: note.heads });
    change.reset();
  };
  const onSuccess = ({ id }: { id: string }) => {
    draft.clear();
    onClose();
    tell(t(`${way}.done`));
    onSaved(id);
  };
  const save = (why: string) => (way === "edit" ? change.mutate({ text, seen, reason: why }, { onSuccess }) : amend.mutate({ text, reason: why }, { onSuccess }));
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`${way}.title`)}>
      <ReasonForm
        reason={reason}
        onReason={(next) => put({ reason: next })}
        refused={refused["reason"]}
        action={t(`${way}.save`)}
        busy={isPending}
        error={elsewhere(error, (name) => name === "text" || name === "reason")}
        onConfirm={save}
        onClose={onClose}
      >
        <Text size="sm">{t(`${way}.help`)}</Text>
        <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
        {draft.ready && (
          <>
            {way === "edit" && <Newer note={note} seen={seen} help={t("newer.edit")} action={t("newer.joined")} onRead={joined} />}
            <FieldInput
              field={fieldOf("text", "note")}
              value={text}
              onChange={(next) => put({ text: next })}
              error={refused["text"]}
              // eslint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to write
              autoFocus
            />
          </>
        )}
      </ReasonForm>
    </Modal>
  );
}
