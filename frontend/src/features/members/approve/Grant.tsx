import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Approved } from "../../../api";
import { bytesOf, native } from "../../../native";
import { Words } from "../../../shared";

interface Props {
  granted: Approved;
  onAgain: () => void;
  onClose: () => void;
}

/** Grant hands out the file that lets the laptop in, with the words that it will show. */
export function Grant({ granted, onAgain, onClose }: Props) {
  const { t } = useTranslation("members");
  const [saved, setSaved] = useState(false);
  const save = async () => {
    if (await native.save(granted.name, bytesOf(granted.file))) setSaved(true);
  };
  return (
    <Stack>
      <Text size="sm">{t("granted.lead")}</Text>
      <Group>
        <Button data-autofocus leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save()}>
          {t("granted.save")}
        </Button>
        <Text size="sm" role="status">
          {saved ? t("granted.saved", { name: granted.name }) : t("granted.unsaved")}
        </Text>
      </Group>
      <Text size="sm">{t("granted.wordsHint")}</Text>
      <Words words={granted.joined} label={t("granted.words")} />
      <Alert icon={<IconCircleCheck aria-hidden />}>{t("granted.next")}</Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onAgain} disabled={!saved}>
          {t("granted.another")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("granted.close")}
        </Button>
      </Group>
    </Stack>
  );
}
