import { Button, Group, TextInput, type TextInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { native } from "../../native";

interface Props extends Omit<TextInputProps, "onChange"> {
  onChange: (path: string) => void;
}

/** FolderField asks for a folder: typed, or in the window chosen. */
export function FolderField({ onChange, ...rest }: Props) {
  const { t } = useTranslation();
  const pick = async () => {
    const path = await native.pickFolder();
    if (path) onChange(path);
  };
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        {...rest}
        flex={1}
        spellCheck={false}
        classNames={{ input: "mono" }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {native.kind === "window" && (
        <Button variant="default" onClick={() => void pick()}>
          {t("pick.folder")}
        </Button>
      )}
    </Group>
  );
}
