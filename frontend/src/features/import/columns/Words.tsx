import { Button, Fieldset, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Field, PreviewColumn } from "../../../api";
import { FieldInput, useDefinitions } from "../../../record";
import { choices, withWord, wordsOf, type Plan, type Word } from "../plan";

interface Props {
  plan: Plan;
  fields: readonly Field[];
  columns: readonly PreviewColumn[];
  onPlan: (plan: Plan) => void;
}

/** Words says what the list's own words mean, for fields that take one of a few. */
export function Words({ plan, fields, columns, onPlan }: Props) {
  const { t } = useTranslation("import");
  const fixed = choices(fields, columns);
  if (fixed.length === 0) return null;
  const words = wordsOf(plan, fields, columns).filter((word) => fixed.some((field) => field.name === word.field));
  return (
    <Fieldset legend={t("values.title")}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t("values.lead")}
        </Text>
        {words.map((word) => (
          <Meaning
            key={`${word.field} ${word.cell}`}
            word={word}
            field={fixed.find((field) => field.name === word.field)}
            means={plan.values[word.field]?.[word.cell] ?? ""}
            onMean={(means) => onPlan(withWord(plan, word, means))}
          />
        ))}
        <Another fields={fixed} onAdd={(word, means) => onPlan(withWord(plan, word, means))} />
      </Stack>
    </Fieldset>
  );
}

interface MeaningProps {
  word: Word;
  field: Field | undefined;
  means: string;
  onMean: (means: string) => void;
}

function Meaning({ word, field, means, onMean }: MeaningProps) {
  const { t } = useTranslation("import");
  if (!field) return null;
  const label = t("values.as", { field: field.label, cell: word.cell });
  return <FieldInput field={optional(field, label)} value={means} onChange={onMean} />;
}

function Another({ fields, onAdd }: { fields: readonly Field[]; onAdd: (word: Word, means: string) => void }) {
  const { t } = useTranslation("import");
  const { fieldOf } = useDefinitions();
  const form = useForm({ initialValues: { field: fields[0]?.name ?? "", cell: "", means: "" } });
  const { field, cell, means } = form.values;
  const add = form.onSubmit(() => {
    onAdd({ field, cell: cell.trim() }, means);
    form.setValues({ cell: "", means: "" });
  });
  return (
    <form onSubmit={add}>
      <Stack gap="xs">
        <Select
          label={t("values.field")}
          data={fields.map(({ name, label }) => ({ value: name, label }))}
          allowDeselect={false}
          {...form.getInputProps("field")}
        />
        <Group gap="xs" grow>
          <TextInput label={t("values.cell")} {...form.getInputProps("cell")} />
          <FieldInput
            field={optional(fieldOf(field), t("values.means"))}
            value={means}
            onChange={(value) => form.setFieldValue("means", value)}
          />
        </Group>
        <Button type="submit" variant="default" disabled={cell.trim() === "" || means === ""} style={{ alignSelf: "flex-end" }}>
          {t("values.add")}
        </Button>
      </Stack>
    </form>
  );
}

/** optional is a field under another label, without help, that may stay open. */
function optional(field: Field, label: string): Field {
  return { ...field, label, help: "", required: false };
}
