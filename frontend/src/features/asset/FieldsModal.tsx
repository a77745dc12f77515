import { Button, Group, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, type Field } from "../../api";
import { FieldInput } from "../../record";
import { DraftNotice, Failure, ReasonInput, useDraft, useReasons, type Draft } from "../../shared";

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
  const { t: common } = useTranslation();
  const reasons = useReasons();
  const [missing, setMissing] = useState(false);
  const { fields: filled, reason } = draft.value;
  const refused = write.error ? problemOf(write.error).fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    setMissing(why === "");
    if (why === "") return;
    reasons.remember(why);
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
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
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
        <ReasonInput
          value={reason}
          onChange={(text) => draft.set({ ...draft.value, reason: text })}
          error={missing && !reason.trim() ? common("reason.required") : refused["reason"]}
          required
        />
        {write.error && Object.keys(refused).length === 0 && <Failure error={write.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("actions.cancel")}
          </Button>
          <Button type="submit" loading={write.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
