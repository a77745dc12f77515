import { Button, Input } from "@mantine/core";
import { IconFile } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { native, type FileKind, type Picked } from "../native";
import { useDroppedFiles } from "./files";

interface Props {
  kind: FileKind;
  label: string;
  file: Picked | null;
  onPick: (file: Picked) => void;
  error?: ReactNode;
}

/** FilePick takes one file: by the system's dialog, or dropped anywhere on the window. */
export function FilePick({ kind, label, file, onPick, error }: Props) {
  const { t } = useTranslation();
  useDroppedFiles(([dropped]) => dropped && onPick(dropped));
  const pick = async () => {
    const picked = await native.pickFile(kind);
    if (picked) onPick(picked);
  };
  return (
    <Input.Wrapper label={label} description={t("pick.drop")} error={error} labelElement="div" required>
      <Button
        variant="default"
        mt={4}
        fullWidth
        justify="flex-start"
        leftSection={<IconFile size={16} aria-hidden />}
        aria-label={`${label}: ${file?.name ?? t("pick.file")}`}
        onClick={() => void pick()}
      >
        {file?.name ?? t("pick.file")}
      </Button>
    </Input.Wrapper>
  );
}
