import { Button, Group, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { problemOf, useProgramState, type Conflict, type ConflictValue } from "../../api";
import { entityNamed, ReasonInput, useDefinitions } from "../../record";
import { DraftNotice, Failure, tell, useReasons, type Draft } from "../../shared";
import { useResolve } from "./api/resolve";
import { Other } from "./Other";
import { ValueCard } from "./ValueCard";

/** Choice is what is being decided: the key of a value or "other", another value, and why. */
export interface Choice {
  keep: string;
  other: string;
  reason: string;
}

interface Props {
  conflict: Conflict;
  draft: Draft<Choice>;
  onDone: () => void;
}

/** keyOf names a value whatever its place among the others: a sync may bring a further one while a person decides. */
const keyOf = ({ device, value }: ConflictValue) => `${device} ${value}`;

/** DecideForm shows the values side by side and takes the decision, which is an entry of its own. */
export function DecideForm({ conflict, draft, onDone }: Props) {
  const { t } = useTranslation(["findings", "common"]);
  const { me } = useProgramState();
  const { entities } = useDefinitions();
  const reasons = useReasons();
  const resolve = useResolve();
  const form = useForm<Choice>({
    initialValues: draft.value,
    validate: {
      keep: (keep) => (keep === "other" || conflict.values.some((value) => keyOf(value) === keep) ? null : t("conflict.choose")),
      reason: (reason) => (reason.trim() ? null : t("common:reason.required")),
    },
    onValuesChange: draft.set,
  });
  const entity = entityNamed(conflict.entity);
  // The unit installed and members of sets have no form: one of their values has to be kept.
  const free = entities[entity].some((field) => field.name === conflict.field) || conflict.field.startsWith("custom.");
  const decide = async ({ keep, other, reason }: Choice) => {
    const value = keep === "other" ? other : (conflict.values.find((each) => keyOf(each) === keep)?.value ?? "");
    try {
      await resolve.mutateAsync({ id: conflict.id, keep: value, seen: conflict.values.map((each) => each.value), reason: reason.trim() });
    } catch (cause) {
      const { fields } = problemOf(cause);
      form.setErrors({ ...(fields[conflict.field] && { other: fields[conflict.field] }), ...(fields.reason && { reason: fields.reason }) });
      return;
    }
    reasons.remember(reason.trim());
    draft.clear();
    tell(t("conflict.decided"));
    onDone();
  };
  return (
    <form onSubmit={form.onSubmit((choice) => void decide(choice))} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t("conflict.stands")}</Text>
        <Radio.Group label={t("conflict.choices")} {...form.getInputProps("keep")}>
          <SimpleGrid cols={{ base: 1, sm: Math.min(conflict.values.length, 3) }} spacing="xs" mt={6}>
            {conflict.values.map((value, at) => (
              <ValueCard key={keyOf(value)} value={value} id={keyOf(value)} stands={at === 0} chosen={form.values.keep === keyOf(value)} />
            ))}
          </SimpleGrid>
          {free && (
            <Other
              name={conflict.field}
              entity={entity}
              chosen={form.values.keep === "other"}
              value={form.values.other}
              onChange={(value) => form.setFieldValue("other", value)}
              error={form.errors.other}
            />
          )}
        </Radio.Group>
        {me?.role === "auditor" ? (
          <Text size="sm">{t("auditor")}</Text>
        ) : (
          <>
            <ReasonInput {...form.getInputProps("reason")} required maw={560} />
            {resolve.error && <Failure error={resolve.error} />}
            <Group gap="sm">
              <Button type="submit" loading={resolve.isPending}>
                {t("conflict.decide")}
              </Button>
              <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
            </Group>
          </>
        )}
      </Stack>
    </form>
  );
}
