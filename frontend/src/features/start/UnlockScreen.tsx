import { Anchor, Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../api";
import { Failure, flushDrafts, routes } from "../../shared";
import { useOpen } from "./api/open";
import { Frame } from "./Frame";
import { useLeave } from "./leave";

/** UnlockScreen asks for the passphrase, and goes back to where the person was when the record locked. */
export function UnlockScreen() {
  const { t } = useTranslation("start");
  const { current } = useProgramState();
  const client = useQueryClient();
  const open = useOpen();
  const leave = useLeave();
  const form = useForm({
    initialValues: { passphrase: "" },
    validate: { passphrase: (text) => (text ? null : t("passphrase.missing")) },
  });
  const submit = ({ passphrase }: { passphrase: string }) =>
    open.mutate(
      { dir: current?.dir ?? "", passphrase },
      {
        onSuccess: () => {
          // What could not be kept while the record was locked is kept now, before a screen asks for it.
          void flushDrafts(client).then(leave);
        },
        onError: () => form.setFieldValue("passphrase", ""),
      },
    );
  return (
    <Frame title={t("unlock.title", { name: current?.name ?? "" })} lead={t("unlock.lead")}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="sm">
          <input type="text" name="username" autoComplete="username" defaultValue={current?.name} hidden readOnly />
          <PasswordInput
            label={t("passphrase.of")}
            autoComplete="current-password"
            required
            // The page has one thing to do, and that is to type here.
            data-autofocus
            ref={(input) => input?.focus()}
            {...form.getInputProps("passphrase")}
          />
          {open.error && <Failure error={open.error} title={t("unlock.failed")} />}
          <Button type="submit" loading={open.isPending}>
            {t("unlock.submit")}
          </Button>
          <Group justify="space-between">
            <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.start} search={{}} />}>
              {t("unlock.others")}
            </Anchor>
            <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.start} search={{ way: "restore" }} />}>
              {t("unlock.lost")}
            </Anchor>
          </Group>
          <Text size="xs" c="dimmed" className="path">
            {current?.dir}
          </Text>
        </Stack>
      </form>
    </Frame>
  );
}
