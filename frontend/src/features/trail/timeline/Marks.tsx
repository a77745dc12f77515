import { Badge, Text } from "@mantine/core";
import { IconAlertTriangle, IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../../api";
import { useSourceName, useStateName } from "../names";

interface Props {
  row: TrailRow;
  /** inside: the head of the batch has told where it came from. */
  inside?: boolean;
}

/** Marks says what is not usual about an entry: where it came from, and that it does not count. */
export function Marks({ row, inside = false }: Props) {
  const { t } = useTranslation("trail");
  const sourceName = useSourceName();
  const stateName = useStateName();
  const help: Partial<Record<string, string>> = t("stateHelp", { returnObjects: true });
  const source = row.source_name ? `${sourceName(row.source)}: ${row.source_name}` : sourceName(row.source);
  return (
    <>
      {row.source !== "manual" && !inside && (
        <Badge size="sm" variant="default" tt="none" maw={260}>
          {source}
        </Badge>
      )}
      {row.late && (
        <Badge size="sm" color="orange" variant="light" leftSection={<IconClock size={12} aria-hidden />}>
          {t("entry.late")}
        </Badge>
      )}
      {row.state !== "accepted" && (
        <>
          <Badge size="sm" color="red" variant="light" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
            {stateName(row.state)}
          </Badge>
          <Text size="xs" span>
            {help[row.state]}
          </Text>
        </>
      )}
    </>
  );
}
