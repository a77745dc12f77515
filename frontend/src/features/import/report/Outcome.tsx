import { Group } from "@mantine/core";
import { IconBan, IconEqual, IconPencil, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ImportRow } from "../../../api";

const icons = { created: IconPlus, updated: IconPencil, unchanged: IconEqual, refused: IconBan };

/** Outcome is a row's result as icon and word. */
export function Outcome({ result }: { result: ImportRow["result"] }) {
  const { t } = useTranslation("import");
  const Icon = icons[result];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={16} aria-hidden />
      {t(`result.${result}`)}
    </Group>
  );
}
