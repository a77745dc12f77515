import { Button, Group, TextInput } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { native } from "../../../native";
import { RemoteForm, useRemoteForm, type RemoteFormProps } from "./RemoteForm";

/** FolderForm asks for a folder: by the system's dialog in a window, by its path in a browser. */
export function FolderForm(props: RemoteFormProps) {
  const { t } = useTranslation("sync");
  const form = useRemoteForm((path) => (path.trim() ? null : t("addForm.needPath")));
  const browse = async () => {
    const path = await native.pickFolder();
    if (path !== null) form.setFieldValue("url", path);
  };
  return (
    <RemoteForm form={form} placeholder={t("addForm.namePlaceholder")} {...props}>
      <Group align="end" wrap="nowrap">
        <TextInput
          required
          flex={1}
          label={t("addForm.path")}
          description={t("addForm.pathHelp")}
          spellCheck={false}
          {...form.getInputProps("url")}
        />
        {native.kind === "window" && (
          <Button variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={() => void browse()}>
            {t("addForm.browse")}
          </Button>
        )}
      </Group>
    </RemoteForm>
  );
}
