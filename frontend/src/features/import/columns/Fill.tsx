import { Fieldset, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, PreviewColumn } from "../../../api";
import { FieldInput } from "../../../record";
import { unsaid, withText } from "../plan";

interface Props {
  fields: readonly Field[];
  columns: readonly PreviewColumn[];
  set: Record<string, string>;
  onSet: (set: Record<string, string>) => void;
}

/** Fill gives fields to rows that leave them open: the required ones that no column goes to, and others on demand. */
export function Fill({ fields, columns, set, onSet }: Props) {
  const { t } = useTranslation("import");
  const [wanted, setWanted] = useState<string[]>([]);
  const missing = unsaid(fields, columns);
  const names = new Set([...missing.map((field) => field.name), ...Object.keys(set), ...wanted]);
  const shown = fields.filter((field) => names.has(field.name));
  const others = fields.filter((field) => field.editable && field.name !== "tag" && !names.has(field.name));
  return (
    <Fieldset legend={t("fill.title")}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {missing.length > 0 ? t("fill.lead") : t("fill.complete")}
        </Text>
        {shown.map((field) => (
          <FieldInput
            key={field.name}
            field={{ ...field, help: "" }}
            required={missing.includes(field)}
            value={set[field.name] ?? ""}
            onChange={(text) => onSet(withText(set, field.name, text))}
          />
        ))}
        <Select
          searchable
          placeholder={t("fill.optional")}
          aria-label={t("fill.optional")}
          data={others.map(({ name, label }) => ({ value: name, label }))}
          value={null}
          onChange={(name) => name !== null && setWanted([...wanted, name])}
        />
      </Stack>
    </Fieldset>
  );
}
