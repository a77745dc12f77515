import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { Failure, useGo } from "../../shared";
import { useOpen } from "./api/open";
import { FolderField } from "./FolderField";
import { Frame } from "./Frame";

/** OpenWay opens a folder that this computer does not list yet, such as one of the command line's. */
export function OpenWay() {
  const { t } = useTranslation("start");
  const open = useOpen();
  const go = useGo();
  const form = useForm({
    initialValues: { dir: "", passphrase: "" },
    validate: {
      dir: (text) => (text.trim() ? null : t("open.dirMissing")),
      passphrase: (text) => (text ? null : t("passphrase.missing")),
    },
  });
  return (
    <Frame title={t("open.title")} lead={t("open.lead")} back>
      <form onSubmit={form.onSubmit((values) => open.mutate(values, { onSuccess: () => go("today") }))} noValidate>
        <Stack gap="sm">
          <FolderField label={t("open.dir")} required data-autofocus {...form.getInputProps("dir")} />
          <PasswordInput
            label={t("passphrase.of")}
            autoComplete="current-password"
            required
            {...form.getInputProps("passphrase")}
          />
          {open.error && <Failure error={open.error} />}
          <Button type="submit" loading={open.isPending}>
            {t("open.submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
