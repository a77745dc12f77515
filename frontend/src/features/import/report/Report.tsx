import { Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "../../../api";
import { useFormats } from "../../../shared";
import { firstShown, results, rowsOf, type Shown } from "./rows";
import { RowTable } from "./RowTable";
import { SaveRefused } from "./SaveRefused";

interface Props {
  report: ImportReport;
  /** job is the work that the report is of. */
  job: string;
}

/** Report shows what became, or would become, of each row, by result and by a search, and saves those that were refused. */
export function Report({ report, job }: Props) {
  const { t } = useTranslation("import");
  const { number } = useFormats();
  const [shown, setShown] = useState<Shown>(firstShown(report));
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const rows = useMemo(() => rowsOf(report, shown, wanted), [report, shown, wanted]);
  const choices = [
    { value: "all" as const, label: `${t("result.all")} ${number(report.totals.rows)}` },
    ...results.map((value) => ({ value, label: `${t(`result.${value}`)} ${number(report.totals[value])}` })),
  ];
  return (
    <Stack gap="xs" flex={1} mih={0}>
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          data={choices}
          value={shown}
          onChange={(value) => setShown(value)}
          aria-label={t("result.filter")}
        />
        <TextInput
          size="xs"
          type="search"
          aria-label={t("result.search")}
          placeholder={t("result.search")}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {report.totals.refused > 0 && <SaveRefused job={job} file={report.file} />}
      </Group>
      <RowTable rows={rows} written={!report.dry_run} />
    </Stack>
  );
}
