import { describe, expect, it } from "vitest";
import type { ImportReport, ImportRow } from "../../../api";
import { firstShown, rowsOf } from "./rows";

const row = (part: Partial<ImportRow>): ImportRow => ({ row: 1, id: null, result: "created", tag: null, message: null, changes: [], ...part });
const rows = [
  row({ row: 4, tag: "RAV-PLC-001", result: "updated", changes: [{ field: "firmware", before: "V1", after: "V2" }] }),
  row({ row: 5, tag: "RAV-PLC-002" }),
  row({ row: 6, result: "refused", message: "role is required" }),
];
const report: ImportReport = {
  file: "list.csv",
  dry_run: true,
  id: null,
  columns: [],
  rows,
  totals: { rows: 3, created: 1, updated: 1, unchanged: 0, refused: 1 },
  encoding: "utf-8",
  header_row: 3,
  sites: [],
};
const linesOf = (found: ImportRow[]) => found.map((found) => found.row);

describe("rows of a report", () => {
  it("are those with a result", () => {
    expect(linesOf(rowsOf(report, "all", ""))).toEqual([4, 5, 6]);
    expect(linesOf(rowsOf(report, "refused", ""))).toEqual([6]);
  });

  it("are found by tag, change and refusal, every word of the search", () => {
    expect(linesOf(rowsOf(report, "all", "plc"))).toEqual([4, 5]);
    expect(linesOf(rowsOf(report, "all", "plc v2"))).toEqual([4]);
    expect(linesOf(rowsOf(report, "all", "REQUIRED"))).toEqual([6]);
    expect(rowsOf(report, "created", "v2")).toEqual([]);
  });

  it("begin with the refused ones, unless that is all there is", () => {
    expect(firstShown(report)).toBe("refused");
    expect(firstShown({ ...report, totals: { ...report.totals, refused: 0 } })).toBe("all");
    expect(firstShown({ ...report, totals: { ...report.totals, refused: 3 } })).toBe("all");
  });
});
