import type { ImportReport, ImportRow } from "../../../api";
import { say } from "../../../i18n";

/** Shown says which rows of a report are shown. */
export type Shown = ImportRow["result"] | "all";

/** results are the outcomes of a row in the order in which they are shown. */
export const results = ["created", "updated", "unchanged", "refused"] as const satisfies readonly ImportRow["result"][];

/** rowsOf are the rows of a report with a result in which every word of a search is found. */
export function rowsOf(report: ImportReport, shown: Shown, search: string): ImportRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return report.rows.filter((row) => (shown === "all" || row.result === shown) && words.every((word) => says(row, word)));
}

function says(row: ImportRow, word: string): boolean {
  const changes = row.changes.flatMap((change) => [change.field, change.before, change.after]);
  return [row.tag ?? "", say(row.said, row.message), String(row.row), ...changes].some((text) => text.toLowerCase().includes(word));
}

/** firstShown is the result to begin with: what needs a look comes before what is fine. */
export function firstShown(report: ImportReport): Shown {
  return report.totals.refused > 0 && report.totals.refused < report.totals.rows ? "refused" : "all";
}
