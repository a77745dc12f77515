import { Button, Popover, Stack, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TimePick } from "../../shared";

interface Props {
  value: string; // RFC 3339, empty is now
  onChange: (at: string) => void;
}

/** AsOf goes back to how the record stood at a time. */
export function AsOf({ value, onChange }: Props) {
  const { t } = useTranslation("asset");
  const [opened, setOpened] = useState(false);
  const [at, setAt] = useState<string | null>(value || null);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />} onClick={() => setOpened(!opened)}>
          {t("asOf.open")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">{t("asOf.help")}</Text>
          <TimePick label={t("asOf.time")} value={at} edge="end" onChange={setAt} past popoverProps={{ withinPortal: false }} />
          <Button
            disabled={!at}
            onClick={() => {
              setOpened(false);
              if (at) onChange(at);
            }}
          >
            {t("asOf.show")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
