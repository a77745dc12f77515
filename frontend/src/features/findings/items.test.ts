import { describe, expect, it } from "vitest";
import type { Conflict, Finding } from "../../api";
import { filtered, itemsOf, titleOf } from "./items";
import { moved, rowsOf } from "./rows";

const conflict: Conflict = {
  id: "c1",
  entity: "asset",
  stream: "s1",
  tag: "RAV-PLC-004",
  field: "firmware",
  current: "V3.2.17",
  values: [
    { value: "V3.2.17", display: "V3.2.17", member: "Ada Okafor", device: "d1", recorded_at: null, reason: null },
    { value: "V3.2.19", display: "V3.2.19", member: "Jo Hargreaves", device: "d2", recorded_at: null, reason: null },
  ],
};
const finding = (id: string, kind: string, part: Partial<Finding> = {}): Finding => ({
  id,
  kind,
  sentence: "",
  subjects: [],
  more: 0,
  tags: ["RAV/RAV-PLC-007"],
  detail: "the serial number is twice",
  settled: false,
  reason: null,
  ...part,
});
const kinds = ["duplicate_serial", "fork", "concurrent_values"];

describe("the list of what a person must look at", () => {
  it("has a conflict once, although it is a finding too, and first", () => {
    const items = itemsOf([conflict], [finding("f", "fork"), finding("c1", "concurrent_values"), finding("d", "duplicate_serial")], kinds);
    expect(items.map((item) => item.id)).toEqual(["c1", "d", "f"]);
  });

  it("puts kinds that this program does not know last", () => {
    const items = itemsOf([], [finding("n", "new_kind"), finding("f", "fork")], kinds);
    expect(items.map((item) => item.kind)).toEqual(["fork", "new_kind"]);
  });

  it("is filtered by kind, by state and by every word of what it shows", () => {
    const items = itemsOf([conflict], [finding("d", "duplicate_serial"), finding("s", "fork", { settled: true })], kinds);
    const ids = (kind: string | null, search: string, settled = false) => filtered(items, { kind, search, settled }).map((item) => item.id);
    expect(ids(null, "")).toEqual(["c1", "d"]);
    expect(ids("duplicate_serial", "")).toEqual(["d"]);
    expect(ids(null, "hargreaves v3.2.19")).toEqual(["c1"]);
    expect(ids(null, "nobody")).toEqual([]);
    expect(ids(null, "", true)).toEqual(["s"]);
  });

  it("is titled by what it is about", () => {
    const items = itemsOf([conflict], [finding("d", "duplicate_serial", { tags: [], subjects: [{ kind: "device", id: "x", label: "laptop 12" }] })], kinds);
    expect(items.map(titleOf)).toEqual(["RAV-PLC-004", "laptop 12"]);
  });

  it("has a heading before the first of each kind", () => {
    const rows = rowsOf(itemsOf([conflict], [finding("d", "duplicate_serial"), finding("e", "duplicate_serial")], kinds));
    expect(rows.map((row) => ("heading" in row ? `${row.heading} ${row.count}` : row.at))).toEqual(["concurrent_values 1", 0, "duplicate_serial 2", 1, 2]);
  });

  it("is walked by keys and ends at its ends", () => {
    expect([moved("ArrowDown", 2, 3), moved("ArrowUp", 0, 3), moved("End", 0, 3), moved("Home", 2, 3), moved("a", 1, 3)]).toEqual([2, 0, 2, 0, null]);
  });
});
