import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useProgramState, type Asked } from "../../api";
import { Failure } from "../../shared";
import { useAsk } from "./api/ask";
import { putErrors } from "./errors";
import { FolderField } from "./FolderField";
import { Frame } from "./Frame";
import { PassphraseFields, usePassphraseRules } from "./PassphraseFields";

/** AskForm makes the request to join. */
export function AskForm({ onAsked }: { onAsked: (asked: Asked) => void }) {
  const { t } = useTranslation("start");
  const { data_folder } = useProgramState();
  const ask = useAsk();
  const form = useForm({
    initialValues: { member: "", dir: "", passphrase: "", again: "" },
    validate: { member: (text) => (text.trim() ? null : t("create.memberMissing")), ...usePassphraseRules() },
  });
  const submit = ({ member, dir, passphrase }: typeof form.values) =>
    ask.mutate({ member, passphrase, ...(dir && { dir }) }, { onSuccess: onAsked, onError: putErrors(form) });
  return (
    <Frame title={t("join.title")} lead={t("join.lead")} back>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t("create.member")}
            description={t("create.memberHelp")}
            autoComplete="name"
            maxLength={200}
            required
            data-autofocus
            {...form.getInputProps("member")}
          />
          <PassphraseFields form={form} />
          <FolderField
            label={t("folder.label")}
            description={t("folder.help", { folder: data_folder })}
            {...form.getInputProps("dir")}
          />
          {ask.error && <Failure error={ask.error} />}
          <Button type="submit" loading={ask.isPending}>
            {t("join.submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
