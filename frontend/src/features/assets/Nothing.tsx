import { Button, Group } from "@mantine/core";
import { IconSearchOff, IconTable } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Empty, useGo } from "../../shared";
import type { ListQuery } from "./api/list";

interface Props {
  query: ListQuery;
  onAll: () => void;
  onAdd: (() => void) | undefined;
}

/** Nothing stands for an empty list: of a plant that has no asset yet, or because none fits. */
export function Nothing({ query, onAll, onAdd }: Props) {
  const { t } = useTranslation("assets");
  const go = useGo();
  if (query.search || query.where.length > 0) {
    return (
      <Empty icon={IconSearchOff} title={t("empty.nothing")} action={<Button onClick={onAll}>{t("empty.clear")}</Button>}>
        {t("empty.nothingHelp")}
      </Empty>
    );
  }
  const ways = onAdd && (
    <Group>
      <Button onClick={() => go("import")}>{t("more.import")}</Button>
      <Button variant="default" onClick={onAdd}>
        {t("add.open")}
      </Button>
    </Group>
  );
  return (
    <Empty icon={IconTable} title={t("empty.none")} action={ways}>
      {t("empty.noneHelp")}
    </Empty>
  );
}
