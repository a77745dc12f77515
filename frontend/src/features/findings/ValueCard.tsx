import { Badge, Group, Paper, Radio, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConflictValue } from "../../api";
import { Time } from "../../shared";
import classes from "./Findings.module.css";

interface Props {
  value: ConflictValue;
  at: number;
  chosen: boolean;
}

/** ValueCard is one of the values with who wrote it, on which device, when and why. The first one is what everybody sees meanwhile. */
export function ValueCard({ value, at, chosen }: Props) {
  const { t } = useTranslation("findings");
  return (
    <Paper withBorder p="sm" className={classes.choice} data-chosen={chosen || undefined}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Radio value={String(at)} label={value.display || t("conflict.empty")} fw={600} styles={{ label: { overflowWrap: "anywhere" } }} />
        {at === 0 && (
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
