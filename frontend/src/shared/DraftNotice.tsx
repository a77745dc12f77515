import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormats } from "./formats";

interface Props {
  /** restored is when the draft was kept; null shows nothing. */
  restored: string | null;
  onDiscard: () => void;
}

/** DraftNotice says that a form shows what was typed before, and lets go of it. */
export function DraftNotice({ restored, onDiscard }: Props) {
  const { t } = useTranslation();
  const { moment } = useFormats();
  if (!restored) return null;
  return (
    <Group gap="xs" role="status">
      <Text size="xs" c="dimmed">
        {t("draft.restored", { time: moment(restored) })}
      </Text>
      <Button size="compact-xs" variant="subtle" onClick={onDiscard}>
        {t("draft.discard")}
      </Button>
    </Group>
  );
}
