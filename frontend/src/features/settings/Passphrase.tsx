import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { Failure, tell } from "../../shared";
import { usePassphrase } from "./api/passphrase";
import { Section } from "./Section";

/** Passphrase changes the passphrase of this laptop; other laptops keep theirs. */
export function Passphrase() {
  const { t } = useTranslation("settings");
  const passphrase = usePassphrase();
  const form = useForm({
    initialValues: { current: "", next: "", again: "" },
    validate: {
      current: (text) => (text ? null : t("passphrase.currentMissing")),
      next: (text) => (text ? null : t("passphrase.nextMissing")),
      again: (text, { next }) => (text === next ? null : t("passphrase.differs")),
    },
  });
  const submit = ({ current, next }: typeof form.values) =>
    passphrase.mutate(
      { current, next },
      {
        onSuccess: () => {
          form.reset();
          tell(t("passphrase.changed"));
        },
      },
    );
  return (
    <Section title={t("passphrase.title")} lead={t("passphrase.lead")}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="xs">
          <PasswordInput
            label={t("passphrase.current")}
            autoComplete="current-password"
            required
            {...form.getInputProps("current")}
          />
          <PasswordInput label={t("passphrase.next")} autoComplete="new-password" required {...form.getInputProps("next")} />
          <PasswordInput label={t("passphrase.again")} autoComplete="new-password" required {...form.getInputProps("again")} />
          {passphrase.error && <Failure error={passphrase.error} />}
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={passphrase.isPending}>
              {t("passphrase.submit")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
