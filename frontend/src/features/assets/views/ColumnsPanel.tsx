import { Button, Checkbox, Drawer, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useDefinitions } from "../../../record";
import { firstLayout, shown, type Layout } from "../layout";
import { ShownColumn } from "./ShownColumn";

interface Props {
  opened: boolean;
  onClose: () => void;
  layout: Layout;
  onLayout: (layout: Layout) => void;
}

/** ColumnsPanel chooses, orders and sizes the columns by buttons and numbers: what dragging does, without dragging. */
export function ColumnsPanel({ opened, onClose, layout, onLayout }: Props) {
  const { t } = useTranslation("assets");
  return (
    <Drawer opened={opened} onClose={onClose} title={t("columns.title")} position="right" size={400}>
      <Stack gap="md">
        <section aria-labelledby="columns-shown">
          <Title order={3} size="sm" id="columns-shown">
            {t("columns.shown")}
          </Title>
          {layout.columns.map((name) => (
            <ShownColumn key={name} name={name} layout={layout} onLayout={onLayout} />
          ))}
        </section>
        <Hidden layout={layout} onLayout={onLayout} />
        <OwnColumn onAdd={(header) => onLayout(shown(layout, `custom.${header}`, true))} />
        <Group>
          <Button variant="default" onClick={() => onLayout(firstLayout)}>
            {t("columns.reset")}
          </Button>
        </Group>
      </Stack>
    </Drawer>
  );
}

function Hidden({ layout, onLayout }: Pick<Props, "layout" | "onLayout">) {
  const { t } = useTranslation("assets");
  const [search, setSearch] = useState("");
  const { entities, groups } = useDefinitions();
  const fits = (label: string) => label.toLowerCase().includes(search.trim().toLowerCase());
  const hidden = entities.asset.filter(({ name, label }) => !layout.columns.includes(name) && fits(label));
  return (
    <section aria-labelledby="columns-hidden">
      <Title order={3} size="sm" id="columns-hidden" mb={6}>
        {t("columns.hidden")}
      </Title>
      <TextInput
        aria-label={t("columns.find")}
        placeholder={t("columns.find")}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {groups
        .map(({ name, label }) => ({ label, fields: hidden.filter(({ group }) => group === name) }))
        .filter(({ fields }) => fields.length > 0)
        .map(({ label, fields }) => (
          <Stack key={label} gap={6} mt="sm" role="group" aria-label={label}>
            <Text size="xs" c="dimmed" fw={600} aria-hidden>
              {label}
            </Text>
            {fields.map((field) => (
              <Checkbox key={field.name} label={field.label} checked={false} onChange={() => onLayout(shown(layout, field.name, true))} />
            ))}
          </Stack>
        ))}
    </section>
  );
}

function OwnColumn({ onAdd }: { onAdd: (header: string) => void }) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const [header, setHeader] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (header.trim()) onAdd(header.trim());
    setHeader("");
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          label={t("columns.own")}
          description={t("columns.ownHelp")}
          value={header}
          onChange={(event) => setHeader(event.currentTarget.value)}
          maxLength={100}
        />
        <Button type="submit" variant="default">
          {common("actions.add")}
        </Button>
      </Group>
    </form>
  );
}
