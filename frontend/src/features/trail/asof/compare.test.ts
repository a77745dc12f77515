import { expect, it } from "vitest";
import type { AssetRow } from "../../../api";
import { compare, presentOf } from "./compare";

const row = (values: Record<string, string>, part: Partial<AssetRow> = {}): AssetRow => ({
  id: "a", tag: "RAV-PLC-004", site: "RAV", lifecycle: "in_service", values, concurrent: [], unverified: false, void: null, merged_into: null, ...part,
});

it("marks what differs now, also what has been cleared", () => {
  const then = row({ firmware: "V3.2.16", zone: "Z1", name: "Pump" });
  expect(compare(then, presentOf(row({ firmware: "V3.2.19", zone: "", name: "Pump" })))).toEqual({ state: "changed", now: { firmware: "V3.2.19", zone: "" } });
  expect(compare(then, presentOf(row({ firmware: "V3.2.16", zone: "Z1", name: "Pump" })))).toEqual({ state: "same", now: {} });
});

it("says that an asset struck or merged since is no longer listed", () => {
  expect(compare(row({}), presentOf(row({}, { void: "typed twice" }))).state).toBe("gone");
  expect(compare(row({}), presentOf(row({}, { merged_into: "b" }))).state).toBe("gone");
});

it("claims nothing of an asset of which the present is not known", () => {
  expect(compare(row({ firmware: "V1" }), undefined)).toEqual({ state: "unknown", now: {} });
});
