import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import { IconCpu } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Unit } from "../../api";
import { useDefinitions } from "../../record";
import { Empty, Time } from "../../shared";
import { FieldList } from "./FieldList";
import styles from "./asset.module.css";

/** Units are the pieces of hardware that a position has had: the one installed, then its predecessors, newest first. */
export function Units({ units }: { units: Unit[] }) {
  const { t } = useTranslation("asset");
  if (units.length === 0) return <Empty icon={IconCpu} title={t("units.none")} />;
  const newest = [...units].reverse().sort((a, b) => Number(b.installed) - Number(a.installed));
  return (
    <Stack component="ol" gap="sm" className={styles.cards} aria-label={t("units.label")}>
      {newest.map((unit) => (
        <UnitCard key={unit.id} unit={unit} />
      ))}
    </Stack>
  );
}

function UnitCard({ unit: { installed, from, until, fields } }: { unit: Unit }) {
  const { t } = useTranslation("asset");
  const { entities } = useDefinitions();
  const name = [fields["vendor"], fields["model"]].filter(Boolean).join(" ");
  return (
    <li className={styles.card} data-current={installed || undefined}>
      <Group justify="space-between">
        <Title order={3} size="sm">
          {name || t("units.unnamed")}
        </Title>
        <Group gap="xs">
          {from && (
            <Text size="xs" c="dimmed">
              {t("units.from")} <Time at={from} />
            </Text>
          )}
          {until && (
            <Text size="xs" c="dimmed">
              {t("units.until")} <Time at={until} />
            </Text>
          )}
          {installed ? <Badge>{t("units.installed")}</Badge> : <Badge variant="default">{t("units.before")}</Badge>}
        </Group>
      </Group>
      <FieldList fields={entities.asset.filter(({ scope }) => scope === "unit")} values={fields} />
    </li>
  );
}
