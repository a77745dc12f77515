import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RemoteAdded } from "../../../api";
import { Words } from "../../../shared";

interface Props {
  added: RemoteAdded;
  onClose: () => void;
  onSync: () => void;
}

/** Added shows the words of a service, to be compared with its operator, and what it was granted. */
export function Added({ added, onClose, onSync }: Props) {
  const { t } = useTranslation("sync");
  return (
    <Stack>
      {added.words.length > 0 && (
        <>
          <Text size="sm">{t("added.compare")}</Text>
          <Words words={added.words} label={t("added.words")} />
          <Text size="sm">{added.granted ? t("added.granted") : t("added.notGranted")}</Text>
        </>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("added.later")}
        </Button>
        <Button onClick={onSync} data-autofocus>
          {t("added.now")}
        </Button>
      </Group>
    </Stack>
  );
}
