import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFolderOpen } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { native } from "../../../native";
import { emptyRemote, type NewRemote } from "../api/add";

interface Props {
  busy: boolean;
  onSubmit: (remote: NewRemote) => void;
}

/** FolderForm asks for a folder: by the system's dialog in a window, by its path in a browser. */
export function FolderForm({ busy, onSubmit }: Props) {
  const { t } = useTranslation("sync");
  const form = useForm({
    initialValues: emptyRemote,
    validate: {
      name: (name) => (name.trim() ? null : t("addForm.needName")),
      url: (path) => (path.trim() ? null : t("addForm.needPath")),
    },
  });
  const browse = async () => {
    const path = await native.pickFolder();
    if (path !== null) form.setFieldValue("url", path);
  };
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack>
        <TextInput
          required
          data-autofocus
          label={t("addForm.name")}
          placeholder={t("addForm.namePlaceholder")}
          maxLength={64}
          {...form.getInputProps("name")}
        />
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
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t("addForm.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
