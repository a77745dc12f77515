import { Button, Checkbox, Drawer, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssetFields } from "../../../record";
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
  const fits = (label: string) => label.toLowerCase().includes(search.trim().toLowerCase());
  const headings = useAssetFields()
    .map((heading) => ({ ...heading, fields: heading.fields.filter(({ name, label }) => !layout.columns.includes(name) && fits(label)) }))
    .filter(({ fields }) => fields.length > 0);
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
      {headings.map(({ name, label, fields }) => (
        <Stack key={name} gap={6} mt="sm" role="group" aria-label={label}>
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
