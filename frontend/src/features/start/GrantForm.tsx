import { Button, Group, PasswordInput, Stack, Stepper, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useEnter, type Asked } from "../../api";
import { bytesOf, native, type Picked } from "../../native";
import { Failure, FilePick, tell, useGo, Words } from "../../shared";
import { useJoin } from "./api/join";
import { Frame } from "./Frame";

interface Props {
  /** words are of the request; empty when they are not known any more. */
  words: readonly string[];
  /** request is the file to carry to an owner, as long as this page made it. */
  request: Asked | null;
}

/** GrantForm waits for the owner's answer, shows what to compare, and takes it. */
export function GrantForm({ words, request }: Props) {
  const { t } = useTranslation("start");
  const join = useJoin();
  const enter = useEnter();
  const go = useGo();
  const form = useForm<{ file: Picked | null; passphrase: string }>({
    initialValues: { file: null, passphrase: "" },
    validate: {
      file: (file) => (file ? null : t("join.grantMissing")),
      passphrase: (text) => (text ? null : t("passphrase.missing")),
    },
  });
  const save = async (file: Asked) => {
    if (await native.save(file.name, bytesOf(file.file))) tell(t("join.saved", { name: file.name }));
  };
  const submit = ({ file, passphrase }: typeof form.values) => {
    if (file) join.mutate({ file, passphrase });
  };
  if (join.data) {
    const { words: joined, state } = join.data;
    const done = () => {
      enter(state);
      go("sync");
    };
    return (
      <Frame title={t("join.joined")} lead={t("join.joinedLead")}>
        <Words words={joined} label={t("join.joinedWords")} />
        <Button onClick={done}>{t("join.enter")}</Button>
      </Frame>
    );
  }
  return (
    <Frame title={t("join.waiting")} lead={t("join.waitingLead")} back>
      <Stepper active={-1} orientation="vertical" size="sm" allowNextStepsSelect={false}>
        <Stepper.Step
          label={t("join.carry")}
          description={
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{request ? t("join.carryNow") : t("join.carried")}</Text>
              {request && (
                <Button size="xs" onClick={() => void save(request)} leftSection={<IconDownload size={16} aria-hidden />}>
                  {t("join.save", { name: request.name })}
                </Button>
              )}
            </Stack>
          }
        />
        <Stepper.Step
          label={t("join.compare")}
          description={words.length > 0 ? <Words words={words} label={t("join.words")} /> : t("join.noWords")}
        />
        <Stepper.Step label={t("join.take")} description={t("join.takeHelp")} />
      </Stepper>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="sm">
          <FilePick
            kind="grant"
            label={t("join.grant")}
            file={form.values.file}
            onPick={(file) => form.setFieldValue("file", file)}
            error={form.errors.file}
          />
          <PasswordInput
            label={t("passphrase.of")}
            autoComplete="current-password"
            required
            {...form.getInputProps("passphrase")}
          />
          {join.error && <Failure error={join.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={join.isPending}>
              {t("join.submitGrant")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Frame>
  );
}
