import { Stack, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Difference, ImportRow } from "../../../api";
import { say } from "../../../i18n";
import { useDefinitions, useShow } from "../../../record";

/** What says which fields a row changes, from what to what, or why it was refused. */
export function What({ row }: { row: ImportRow }) {
  if (row.result === "refused") return <Text size="sm">{say(row.said, row.message)}</Text>;
  return (
    <Stack gap={2}>
      {row.changes.map((change) => (
        <Change key={change.field} change={change} />
      ))}
    </Stack>
  );
}

function Change({ change }: { change: Difference }) {
  const { t } = useTranslation("import");
  const { fieldOf } = useDefinitions();
  const show = useShow();
  const field = fieldOf(change.field);
  return (
    <Text size="sm">
      {field.label}:{" "}
      <Text span c="dimmed" td={change.before ? "line-through" : undefined} inherit>
        {show(field, change.before) || t("result.empty")}
      </Text>{" "}
      <IconArrowRight size={14} role="img" aria-label={t("result.arrow")} style={{ verticalAlign: "middle" }} />{" "}
      <Text span fw={600} inherit>
        {show(field, change.after) || t("result.empty")}
      </Text>
    </Text>
  );
}
