import { Autocomplete, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useEnter, useProgramState } from "../../api";
import { Failure, useGo } from "../../shared";
import { useCreate } from "./api/create";
import { FolderField } from "./FolderField";
import { putErrors } from "./errors";
import { Frame } from "./Frame";
import { PassphraseFields, usePassphraseRules } from "./PassphraseFields";
import { RecoveryKey } from "./RecoveryKey";

/** CreateWay founds a workspace and does not let go before its recovery key is kept. */
export function CreateWay() {
  const { t } = useTranslation("start");
  const { data_folder } = useProgramState();
  const rules = usePassphraseRules();
  const create = useCreate();
  const enter = useEnter();
  const go = useGo();
  const form = useForm({
    initialValues: {
      name: "",
      member: "",
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      dir: "",
      passphrase: "",
      again: "",
    },
    validate: {
      name: (text) => (text.trim() ? null : t("create.nameMissing")),
      member: (text) => (text.trim() ? null : t("create.memberMissing")),
      ...rules,
    },
  });
  const submit = ({ name, member, zone, dir, passphrase }: typeof form.values) =>
    create.mutate({ name, member, zone, passphrase, ...(dir && { dir }) }, { onError: putErrors(form) });

  if (create.data) {
    const { recovery_key, state } = create.data;
    const done = () => {
      enter(state);
      go("today");
    };
    return <RecoveryKey recoveryKey={recovery_key} name={form.values.name} onKept={done} />;
  }
  return (
    <Frame title={t("create.title")} lead={t("create.lead")} back>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t("create.name")}
            description={t("create.nameHelp")}
            maxLength={200}
            required
            data-autofocus
            {...form.getInputProps("name")}
          />
          <TextInput
            label={t("create.member")}
            description={t("create.memberHelp")}
            autoComplete="name"
            maxLength={200}
            required
            {...form.getInputProps("member")}
          />
          <Autocomplete
            label={t("create.zone")}
            description={t("create.zoneHelp")}
            data={Intl.supportedValuesOf("timeZone")}
            limit={30}
            {...form.getInputProps("zone")}
          />
          <PassphraseFields form={form} />
          <FolderField
            label={t("folder.label")}
            description={t("folder.help", { folder: data_folder })}
            {...form.getInputProps("dir")}
          />
          {create.error && <Failure error={create.error} />}
          <Button type="submit" loading={create.isPending}>
            {t("create.submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
