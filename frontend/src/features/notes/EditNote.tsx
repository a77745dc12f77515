import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, type Note } from "../../api";
import { FieldInput, useDefinitions } from "../../record";
import { DraftNotice, Failure, ReasonInput, tell, useDraft, useReasons } from "../../shared";
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
  const { t: common } = useTranslation();
  const { fieldOf } = useDefinitions();
  const reasons = useReasons();
  const change = useChange(note.id);
  const amend = useAmend(note.id);
  const write = way === "edit" ? change : amend;
  const draft = useDraft(`notes/${note.id}/${way}`, { text: note.text, reason: "" });
  const [missing, setMissing] = useState(false);
  const { text, reason } = draft.value;
  const refused = write.error ? problemOf(write.error).fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    setMissing(why === "");
    if (why === "") return;
    reasons.remember(why);
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
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`${way}.title`)}>
      <form onSubmit={submit} noValidate>
        <Stack>
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
          <ReasonInput
            value={reason}
            onChange={(next) => draft.set({ text, reason: next })}
            error={missing && !reason.trim() ? common("reason.required") : refused["reason"]}
            required
          />
          {write.error && Object.keys(refused).length === 0 && <Failure error={write.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("actions.cancel")}
            </Button>
            <Button type="submit" loading={write.isPending}>
              {t(`${way}.save`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
