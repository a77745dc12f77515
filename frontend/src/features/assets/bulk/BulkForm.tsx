import { ActionIcon, Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../../../api";
import { FieldInput, useAssetFields, useDefinitions } from "../../../record";
import { DraftNotice, ReasonInput, useReasons, type Draft } from "../../../shared";

/** Edit is what is to be set in all of the assets. */
export interface Edit {
  fields: { name: string; value: string }[];
  reason: string;
}

export const noEdit: Edit = { fields: [{ name: "", value: "" }], reason: "" };

interface Props {
  draft: Draft<Edit>;
  count: number;
  errors: Readonly<Record<string, string>>;
  onSubmit: (edit: Edit) => void;
}

/** BulkForm asks which fields to set to what, and once for the reason. An empty value empties the field. */
export function BulkForm({ draft, count, errors, onSubmit }: Props) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const reasons = useReasons();
  const [missing, setMissing] = useState<{ fields?: string; reason?: string }>({});
  const { fields, reason } = draft.value;
  const put = (next: Edit["fields"]) => draft.set({ ...draft.value, fields: next });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = fields.filter(({ name }) => name !== "");
    const lacking = { ...(chosen.length === 0 && { fields: t("bulk.nothing") }), ...(!reason.trim() && { reason: common("reason.required") }) };
    setMissing(lacking);
    if (Object.keys(lacking).length > 0) return;
    reasons.remember(reason.trim());
    onSubmit({ fields: chosen, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t("bulk.help")}</Text>
        <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
        {fields.map((field, at) => (
          <Line
            key={at}
            at={at}
            field={field}
            taken={fields.map(({ name }) => name)}
            error={errors[field.name] ?? (field.name === "" ? missing.fields : undefined)}
            onChange={(next) => put(fields.map((each, other) => (other === at ? next : each)))}
            onRemove={fields.length > 1 ? () => put(fields.filter((_, other) => other !== at)) : undefined}
          />
        ))}
        <Group>
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => put([...fields, { name: "", value: "" }])}>
            {t("bulk.add")}
          </Button>
        </Group>
        <ReasonInput value={reason} onChange={(text) => draft.set({ ...draft.value, reason: text })} error={errors["reason"] ?? missing.reason} required />
        <Group justify="flex-end">
          <Button type="submit">{t("bulk.run", { count })}</Button>
        </Group>
      </Stack>
    </form>
  );
}

interface LineProps {
  at: number;
  field: Edit["fields"][number];
  taken: string[];
  error: string | undefined;
  onChange: (field: Edit["fields"][number]) => void;
  onRemove: (() => void) | undefined;
}

function Line({ at, field, taken, error, onChange, onRemove }: LineProps) {
  const { t } = useTranslation("assets");
  const { fieldOf } = useDefinitions();
  const headings = useAssetFields();
  const known = fieldOf(field.name);
  const offers = ({ name, editable }: Field) => editable && name !== "tag" && (name === field.name || !taken.includes(name));
  return (
    <Group align="flex-end" wrap="nowrap" gap="xs">
      <Select
        flex="0 0 40%"
        label={t("bulk.field", { at: at + 1 })}
        placeholder={t("bulk.pick")}
        data={headings.map(({ label, fields }) => ({ group: label, items: fields.filter(offers).map((each) => ({ value: each.name, label: each.label })) }))}
        value={field.name || null}
        onChange={(name) => onChange({ name: name ?? "", value: "" })}
        searchable
        error={field.name === "" ? error : undefined}
        data-autofocus={at === 0 || undefined}
      />
      <div style={{ flex: 1, minWidth: 0 }}>
        {field.name !== "" && (
          <FieldInput field={{ ...known, help: known.required ? "" : t("bulk.empty") }} value={field.value} onChange={(value) => onChange({ ...field, value })} error={error} />
        )}
      </div>
      {onRemove && (
        <ActionIcon aria-label={t("bulk.remove", { name: known.label || String(at + 1) })} onClick={onRemove} mb={4}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}
