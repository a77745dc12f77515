import { Button, Checkbox, Group } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ListQuery } from "../api/list";
import { ConditionPopover } from "./ConditionPopover";
import { FilterChip } from "./FilterChip";
import { formatCondition, parseConditions, type Condition } from "./condition";
import { useConditionText } from "./useConditionText";

interface Props {
  query: ListQuery;
  onQuery: (part: Partial<ListQuery>) => void;
  adding: boolean;
  onAdding: (on: boolean) => void;
}

const fresh: Condition = { field: "", operator: "is", value: "" };

/** FilterBar shows each condition of the list as a chip that can be changed and taken out, and adds further ones. All must hold. Struck entries are listed on demand. */
export function FilterBar({ query, onQuery, adding, onAdding }: Props) {
  const { t } = useTranslation("assets");
  const text = useConditionText();
  const conditions = parseConditions(query.where);
  const put = (list: Condition[]) => onQuery({ where: list.map(formatCondition) });
  const without = (at: number) => conditions.filter((_, each) => each !== at);
  return (
    <Group gap={6} role="group" aria-label={t("filter.bar")}>
      {conditions.map((condition, at) => (
        <FilterChip
          key={formatCondition(condition)}
          condition={condition}
          text={text(condition)}
          query={{ ...query, where: without(at).map(formatCondition) }}
          onChange={(next) => put(conditions.map((each, other) => (other === at ? next : each)))}
          onRemove={() => put(without(at))}
        />
      ))}
      <ConditionPopover
        initial={fresh}
        query={query}
        opened={adding}
        onOpened={onAdding}
        onApply={(condition) => put([...conditions, condition])}
        target={
          <Button size="compact-sm" variant="default" leftSection={<IconFilter size={14} aria-hidden />} onClick={() => onAdding(!adding)}>
            {t("filter.add")}
          </Button>
        }
      />
      <Checkbox size="xs" label={t("filter.struck")} checked={query.struck} onChange={(event) => onQuery({ struck: event.currentTarget.checked })} />
      {conditions.length > 1 && (
        <Button size="compact-sm" variant="subtle" onClick={() => put([])}>
          {t("filter.clear")}
        </Button>
      )}
    </Group>
  );
}
