import { useTranslation } from "react-i18next";
import { useProgramState } from "../../../api";
import { useEventName, useKeyLabel } from "../../../record";
import { PrintTable, useFormats } from "../../../shared";
import type { Filter } from "../filter/filter";
import { useSourceName, useStateName } from "../names";
import { useFilterWords } from "./useFilterWords";
import type { Printed } from "./usePrint";

interface Props {
  paper: Printed;
  filter: Filter;
}

/** PrintTrail is the trail on paper: which record, which part of it, and all times in UTC. */
export function PrintTrail({ paper, filter }: Props) {
  const { t } = useTranslation("trail");
  const { workspace } = useProgramState();
  const format = useFormats();
  const eventName = useEventName();
  const sourceName = useSourceName();
  const stateName = useStateName();
  const labelOf = useKeyLabel();
  const filters = useFilterWords(filter, paper.rows);
  const utc = (at: string | null) => (at === null ? "" : format.utc(at).replace(" UTC", ""));
  return (
    <PrintTable
      lead={
        <p>
          {filters.length > 0 ? t("print.only", { filters: filters.join("; ") }) : t("print.all")}
          <br />
          {t("print.rows", { count: paper.rows.length })} {paper.cut && t("print.cut")}
          <br />
          <span className="mono">{workspace?.id}</span>
        </p>
      }
      columns={[t("print.recorded"), t("print.received"), t("print.who"), t("print.what"), t("print.before"), t("print.after"), t("print.reason")]}
      rows={paper.rows}
      keyOf={(row) => `${row.hash}-${row.field ?? ""}`}
      cells={(row) => [
        utc(row.recorded_at),
        utc(row.received_at),
        `${row.member}, ${row.device.slice(0, 8)}`,
        [
          [eventName(row.type), row.tag, labelOf(row)].filter(Boolean).join(", "),
          row.source !== "manual" && `(${[sourceName(row.source), row.source_name].filter(Boolean).join(" ")})`,
          row.state !== "accepted" && `[${stateName(row.state)}]`,
        ]
          .filter(Boolean)
          .join(" "),
        row.before,
        row.after,
        row.reason,
      ]}
    />
  );
}
