import { Autocomplete, Button, Group, Select, Stack } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAssetFields, useDefinitions, useShow } from "../../../record";
import { useFormats } from "../../../shared";
import { useFacets } from "../api/facets";
import type { ListQuery } from "../api/list";
import { operators, takesValue, type Condition } from "./condition";

interface Props {
  initial: Condition;
  query: ListQuery; // among whose assets values are suggested
  onApply: (condition: Condition) => void;
}

/** The lists open inside of the popover, which otherwise took a choice for a click beside it. */
const inside = { withinPortal: false };

/** ConditionForm puts together one condition: a field, how to compare, and a value out of those that occur. */
export function ConditionForm({ initial, query, onApply }: Props) {
  const { t } = useTranslation("assets");
  const [condition, setCondition] = useState(initial);
  const { fieldOf } = useDefinitions();
  const headings = useAssetFields();
  const show = useShow();
  const { number } = useFormats();
  const field = fieldOf(condition.field);
  const facets = useFacets(condition.field, query);
  const needs = takesValue(condition.operator);
  const ready = condition.field !== "" && (!needs || condition.value.trim() !== "");
  const closed = field.enum.length > 0 || field.type === "flag";

  const offered = headings.map(({ label, fields }) => ({ group: label, items: fields.map(({ name, label: item }) => ({ value: name, label: item })) }));
  const occurring = (facets.data ?? []).filter(({ value }) => value !== "").map(({ value, count }) => ({ value, label: `${show(field, value)} (${number(count)})` }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onApply({ ...condition, value: needs ? condition.value.trim() : "" });
  };
  return (
    <form onSubmit={submit} aria-label={t("filter.title")}>
      <Stack gap="xs">
        <Select
          label={t("filter.field")}
          data={offered}
          value={condition.field || null}
          onChange={(name) => setCondition({ ...condition, field: name ?? "", value: "" })}
          searchable
          comboboxProps={inside}
          data-autofocus={initial.field === "" || undefined}
        />
        <Select
          label={t("filter.operator")}
          data={operators.map((value) => ({ value, label: t(`filter.word.${value}`) }))}
          value={condition.operator}
          onChange={(operator) => setCondition({ ...condition, operator: operator ?? "is" })}
          allowDeselect={false}
          comboboxProps={inside}
        />
        {needs &&
          (closed && condition.operator !== "has" ? (
            <Select
              label={t("filter.value")}
              data={occurring}
              value={condition.value || null}
              onChange={(value) => setCondition({ ...condition, value: value ?? "" })}
              searchable
              comboboxProps={inside}
              data-autofocus={initial.field !== "" || undefined}
            />
          ) : (
            <Autocomplete
              label={t("filter.value")}
              description={t("filter.valueHelp")}
              data={occurring.map(({ value }) => value)}
              limit={50}
              value={condition.value}
              onChange={(value) => setCondition({ ...condition, value })}
              comboboxProps={inside}
              data-autofocus={initial.field !== "" || undefined}
            />
          ))}
        <Group justify="flex-end">
          <Button type="submit" disabled={!ready}>
            {t("filter.apply")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
