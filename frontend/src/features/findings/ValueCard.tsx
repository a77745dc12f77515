import { Badge, Group, Paper, Radio, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConflictValue } from "../../api";
import { Time } from "../../shared";
import classes from "./Findings.module.css";

interface Props {
  value: ConflictValue;
  /** id is what the radio button stands for. */
  id: string;
  /** stands marks the value that everybody sees meanwhile. */
  stands: boolean;
  chosen: boolean;
}

/** ValueCard is one of the values with who wrote it, on which device, when and why. */
export function ValueCard({ value, id, stands, chosen }: Props) {
  const { t } = useTranslation("findings");
  return (
    <Paper withBorder p="sm" className={classes.choice} data-chosen={chosen || undefined}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Radio value={id} label={value.display || t("conflict.empty")} fw={600} styles={{ label: { overflowWrap: "anywhere" } }} />
        {stands && (
          <Badge size="sm" variant="light" flex="none">
            {t("conflict.standsMark")}
          </Badge>
        )}
      </Group>
      <Text size="sm" mt={6}>
        {t("conflict.by", { member: value.member, device: value.device.slice(0, 8) })}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        {value.recorded_at && <Time at={value.recorded_at} as="instant" />}
      </Text>
      <Text size="sm" mt={4} fs={value.reason ? undefined : "italic"} c={value.reason ? undefined : "dimmed"}>
        {value.reason ? t("conflict.because", { reason: value.reason }) : t("conflict.noReason")}
      </Text>
    </Paper>
  );
}
