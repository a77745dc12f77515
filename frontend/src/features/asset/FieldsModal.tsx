import { Modal, SimpleGrid, Text } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { elsewhere, problemOf, type Field } from "../../api";
import { FieldInput } from "../../record";
import { DraftNotice, ReasonForm, useDraft, type Draft } from "../../shared";

export interface Filled {
  fields: Record<string, string>;
  reason: string;
}

interface Props {
  title: string;
  help: string;
  /** draftKey names the draft that keeps what is typed. */
  draftKey: string;
  fields: Field[];
  /** focus is the name of the field that the person is about to fill in. */
  focus: string;
  action: string;
  write: UseMutationResult<unknown, Error, Filled>;
  onDone: () => void;
  onClose: () => void;
}

/** FieldsModal asks for several fields and one reason, and makes one entry of what was filled in. */
export function FieldsModal(props: Props) {
  const draft = useDraft<Filled>(props.draftKey, { fields: {}, reason: "" });
  return (
    <Modal opened onClose={props.onClose} size="lg" title={props.title}>
      {draft.ready && <FieldsForm {...props} draft={draft} />}
    </Modal>
  );
}

function FieldsForm({ help, fields, focus, action, write, onDone, onClose, draft }: Props & { draft: Draft<Filled> }) {
  const { fields: filled, reason } = draft.value;
  const refused = write.error ? problemOf(write.error).fields : {};
  const save = (why: string) =>
    write.mutate(
      { fields: Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== "")), reason: why },
      {
        onSuccess: () => {
          draft.clear();
          onClose();
          onDone();
        },
      },
    );
  return (
    <ReasonForm
      reason={reason}
      onReason={(text) => draft.set({ ...draft.value, reason: text })}
      refused={refused["reason"]}
      action={action}
      busy={write.isPending}
      error={elsewhere(write.error, (name) => name === "reason" || fields.some((field) => field.name === name))}
      onConfirm={save}
      onClose={onClose}
    >
      <Text size="sm">{help}</Text>
      <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={filled[field.name] ?? ""}
            onChange={(value) => draft.set({ ...draft.value, fields: { ...filled, [field.name]: value } })}
            error={refused[field.name]}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- whoever opens this dialog is about to fill in this field
            autoFocus={field.name === focus}
          />
        ))}
      </SimpleGrid>
    </ReasonForm>
  );
}
