import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { problemOf, useProgramState } from "../../api";
import { ReasonInput } from "../../record";
import { DraftNotice, Failure, Loading, tell, useDraft, useReasons, type Draft } from "../../shared";
import { useSettle } from "./api/settle";

interface Props {
  id: string;
  onDone: () => void;
}

interface Why {
  reason: string;
}

const nothing: Why = { reason: "" };

/** Settle closes a finding for good, with a reason. */
export function Settle({ id, onDone }: Props) {
  const { t } = useTranslation("findings");
  const { me } = useProgramState();
  const draft = useDraft(`findings/${id}`, nothing);
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {t("settle.title")}
      </Title>
      <Text size="sm">{t("settle.text")}</Text>
      {me?.role === "auditor" ? (
        <Text size="sm">{t("auditor")}</Text>
      ) : draft.ready ? (
        <Form key={draft.restored ?? ""} id={id} draft={draft} onDone={onDone} />
      ) : (
        <Loading />
      )}
    </Stack>
  );
}

function Form({ id, draft, onDone }: Props & { draft: Draft<Why> }) {
  const { t } = useTranslation(["findings", "common"]);
  const settle = useSettle();
  const reasons = useReasons();
  const form = useForm<Why>({
    initialValues: draft.value,
    validate: { reason: (reason) => (reason.trim() ? null : t("common:reason.required")) },
    onValuesChange: draft.set,
  });
  const submit = async ({ reason }: Why) => {
    try {
      await settle.mutateAsync({ id, reason: reason.trim() });
    } catch (cause) {
      form.setErrors(problemOf(cause).fields);
      return;
    }
    reasons.remember(reason.trim());
    draft.clear();
    tell(t("settle.done"));
    onDone();
  };
  return (
    <form onSubmit={form.onSubmit((why) => void submit(why))} noValidate>
      <Stack gap="sm">
        <ReasonInput {...form.getInputProps("reason")} required maw={560} />
        {settle.error && <Failure error={settle.error} />}
        <Group gap="sm">
          <Button type="submit" variant="default" loading={settle.isPending}>
            {t("settle.do")}
          </Button>
          <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
        </Group>
      </Stack>
    </form>
  );
}
