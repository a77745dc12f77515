import { Button, Group, Text } from "@mantine/core";
import { IconEdit } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { countSelected } from "./selection";
import type { Choosing } from "./useSelection";

interface Props {
  choosing: Choosing;
  total: number;
  onEdit: (() => void) | undefined; // undefined for who may not write
}

/** SelectionBar says how many are selected and what can be done to them. */
export function SelectionBar({ choosing, total, onEdit }: Props) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const count = countSelected(choosing.selection, total);
  if (count === 0) return null;
  const every = choosing.selection.kind === "all";
  return (
    <Group gap="xs" role="region" aria-label={t("select.bar")}>
      <Text size="sm" fw={600} role="status">
        {every ? t("select.every", { total }) : t("select.count", { count })}
      </Text>
      {onEdit && (
        <Button size="compact-sm" leftSection={<IconEdit size={14} aria-hidden />} onClick={onEdit}>
          {t("bulk.open")}
        </Button>
      )}
      {!every && count < total && (
        <Button size="compact-sm" variant="default" onClick={() => choosing.all(true)}>
          {t("select.more", { total })}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => choosing.all(false)}>
        {common("actions.clear")}
      </Button>
    </Group>
  );
}
