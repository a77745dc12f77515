import { Button, Popover, Stack, Text } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { IconHistory } from "@tabler/icons-react";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  value: string; // RFC 3339, empty is now
  onChange: (at: string) => void;
}

const typed = "YYYY-MM-DD HH:mm:ss";

/** AsOf goes back to how the record stood at a time. */
export function AsOf({ value, onChange }: Props) {
  const { t } = useTranslation("asset");
  const [opened, setOpened] = useState(false);
  const [at, setAt] = useState<string | null>(value ? dayjs(value).format(typed) : null);
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
          <DateTimePicker
            label={t("asOf.time")}
            valueFormat="YYYY-MM-DD HH:mm"
            value={at}
            onChange={setAt}
            maxDate={dayjs().format("YYYY-MM-DD")}
            popoverProps={{ withinPortal: false }}
            clearable
          />
          <Button
            disabled={!at}
            onClick={() => {
              setOpened(false);
              if (at) onChange(dayjs(at).toISOString());
            }}
          >
            {t("asOf.show")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
