import { Button, CloseButton, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListQuery } from "../api/list";
import { ConditionPopover } from "./ConditionPopover";
import type { Condition } from "./condition";

interface Props {
  condition: Condition;
  text: string;
  query: ListQuery;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

/** FilterChip is one condition of the list. */
export function FilterChip({ condition, text, query, onChange, onRemove }: Props) {
  const { t } = useTranslation("assets");
  const [opened, setOpened] = useState(false);
  return (
    <Group gap={2} wrap="nowrap">
      <ConditionPopover
        initial={condition}
        query={query}
        opened={opened}
        onOpened={setOpened}
        onApply={onChange}
        target={
          <Button size="compact-sm" variant="light" aria-label={t("filter.edit", { filter: text })} onClick={() => setOpened(!opened)}>
            {text}
          </Button>
        }
      />
      <CloseButton size="sm" aria-label={t("filter.remove", { filter: text })} onClick={onRemove} />
    </Group>
  );
}
