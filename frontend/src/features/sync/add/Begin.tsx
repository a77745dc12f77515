import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconFolderQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface Props {
  /** absent says that there is no such folder; otherwise it holds nothing of this record. */
  absent: boolean;
  url: string;
  busy: boolean;
  onBegin: () => void;
}

/** Begin asks whether a folder is the right place before anything of the record is written there. */
export function Begin({ absent, url, busy, onBegin }: Props) {
  const { t } = useTranslation("sync");
  const kind = absent ? "absent" : "empty";
  return (
    <Alert color="yellow" role="alert" icon={<IconFolderQuestion aria-hidden />} title={t(`begin.${kind}.title`)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t(`begin.${kind}.text`, { url })}</Text>
        <Button size="xs" variant="default" loading={busy} onClick={onBegin}>
          {t(`begin.${kind}.button`)}
        </Button>
      </Stack>
    </Alert>
  );
}
