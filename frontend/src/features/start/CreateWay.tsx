import { Autocomplete, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useEnter } from "../../api";
import { Failure, useGo } from "../../shared";
import { useCreate } from "./api/create";
import { putErrors } from "./errors";
import { Frame } from "./Frame";
import { LaptopFields, newLaptop, useLaptopRules } from "./LaptopFields";
import { RecoveryKey } from "./RecoveryKey";

/** CreateWay founds a workspace and does not let go before its recovery key is kept. */
export function CreateWay() {
  const { t } = useTranslation("start");
  const rules = useLaptopRules();
  const create = useCreate();
  const enter = useEnter();
  const go = useGo();
  const form = useForm({
    initialValues: { name: "", zone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...newLaptop },
    validate: { name: (text) => (text.trim() ? null : t("create.nameMissing")), ...rules },
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
          <Autocomplete
            label={t("create.zone")}
            description={t("create.zoneHelp")}
            data={Intl.supportedValuesOf("timeZone")}
            limit={30}
            {...form.getInputProps("zone")}
          />
          <LaptopFields form={form} />
          {create.error && <Failure error={create.error} />}
          <Button type="submit" loading={create.isPending}>
            {t("create.submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
