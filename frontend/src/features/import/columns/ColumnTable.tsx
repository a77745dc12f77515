import { Select, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Previewed, PreviewColumn } from "../../../api";
import { useDefinitions } from "../../../record";
import { asCustom, leftOut, meaningOf } from "../plan";

interface Props {
  preview: Previewed;
  onMean: (header: string, meaning: string) => void;
}

/** ColumnTable shows what each column of a list was taken for and why, to be changed where that is wrong. */
export function ColumnTable({ preview, onMean }: Props) {
  const { t } = useTranslation("import");
  const { fieldOf } = useDefinitions();
  const options = [
    { value: asCustom, label: t("columns.custom") },
    { value: leftOut, label: t("columns.skip") },
    ...preview.fields.map(({ name }) => ({ value: name, label: fieldOf(name).label })),
  ];
  return (
    <Table.ScrollContainer minWidth={560} maxHeight="100%">
      <Table stickyHeader verticalSpacing={4} aria-label={t("columns.title")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("columns.header")}</Table.Th>
            <Table.Th>{t("columns.samples")}</Table.Th>
            <Table.Th w={260}>{t("columns.meaning")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.columns.map((column, index) => (
            <Table.Tr key={`${index} ${column.header}`}>
              <Table.Th scope="row">{column.header || t("columns.unnamed")}</Table.Th>
              <Table.Td>
                <Text size="sm" lineClamp={2}>
                  {column.samples.join(" · ") || t("columns.empty")}
                </Text>
              </Table.Td>
              <Table.Td>
                <Select
                  searchable
                  size="xs"
                  aria-label={t("columns.label", { header: column.header || t("columns.unnamed") })}
                  data={options}
                  value={meaningOf(column)}
                  allowDeselect={false}
                  disabled={column.header === ""}
                  onChange={(meaning) => meaning !== null && onMean(column.header, meaning)}
                />
                <Why column={column} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const reasons = ["mapping", "name", "alias", "custom", "skipped"] as const;

function Why({ column }: { column: PreviewColumn }) {
  const { t } = useTranslation("import");
  const how = reasons.find((reason) => reason === column.how) ?? "mapping";
  return (
    <Text size="xs" c="dimmed">
      {t(`columns.how.${how}`)}
    </Text>
  );
}
