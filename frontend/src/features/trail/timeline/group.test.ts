import { describe, expect, it } from "vitest";
import { rowOf } from "../../../test";
import { batchesOf, entriesOf } from "./group";
import { itemsOf } from "./items";
import { ordered } from "./ordered";

const act = { recorded_at: "2026-11-20T10:00:00Z", reason: "asset list rev 14", source: "import" as const, source_name: "assets.csv" };

/** imported is one act: so many entries of two fields each, newest first. */
function imported(count: number) {
  return Array.from({ length: count }, (_, at) => {
    const entry = { ...act, seq: 1000 - at, hash: `h${at}` };
    return [rowOf({ ...entry, field: "tag" }), rowOf({ ...entry, field: "site" })];
  }).flat();
}

describe("entries", () => {
  it("join the rows of one event", () => {
    const one = { seq: 7, hash: "h7" };
    const entries = entriesOf([rowOf({ ...one, field: "firmware" }), rowOf({ ...one, field: "serial" }), rowOf()]);
    expect(entries.map((entry) => entry.changes.length)).toEqual([2, 1]);
  });

  it("keep apart the two branches of a copied workspace, whose entries have one name", () => {
    expect(entriesOf([rowOf({ seq: 7, hash: "a" }), rowOf({ seq: 7, hash: "b" })])).toHaveLength(2);
  });

  it("tell their fields in the order of the forms, members of sets last", () => {
    const rows = [rowOf({ field: "ports/tcp-443/port" }), rowOf({ field: "serial" }), rowOf({ field: null }), rowOf({ field: "vendor" })];
    const fields = ["vendor", "serial"].map((name) => ({ name, label: name, help: "", group: "", scope: "own" as const, type: "line" as const, enum: [], required: false, max: 0, editable: true }));
    expect(ordered(rows, fields).map((row) => row.field)).toEqual(["vendor", "serial", "ports/tcp-443/port"]);
  });
});

describe("batches", () => {
  it("join the entries of one act", () => {
    const batches = batchesOf(entriesOf([rowOf({ reason: "after" }), ...imported(3), rowOf({ reason: "before" })]));
    expect(batches.map((batch) => batch.entries.length)).toEqual([1, 3, 1]);
  });

  it("do not join two acts of one reason", () => {
    const reason = "quarterly round";
    const rows = [rowOf({ seq: 9, reason, recorded_at: "2026-11-23T10:00:01Z" }), rowOf({ seq: 8, reason, recorded_at: "2026-11-23T10:00:00Z" })];
    expect(batchesOf(entriesOf(rows))).toHaveLength(2);
  });

  it("do not join entries that give no reason, nor those of two laptops", () => {
    const at = { recorded_at: "2026-11-23T10:00:00Z" };
    expect(batchesOf(entriesOf([rowOf({ ...at, seq: 9, reason: null }), rowOf({ ...at, seq: 8, reason: null })]))).toHaveLength(2);
    expect(batchesOf(entriesOf([rowOf({ ...at, seq: 9 }), rowOf({ ...at, seq: 8, device: "other" })]))).toHaveLength(2);
  });
});

describe("the lines of the timeline", () => {
  it("hold the first entry of a folded batch, and say how many it stands for", () => {
    const folded = (entries: number, seq: number) => rowOf({ ...act, seq, act: { entries, types: ["asset.imported"] } });
    const batches = batchesOf(entriesOf([rowOf(), folded(50, 1000), folded(20, 900), rowOf()]));
    expect(batches.map(({ count }) => count)).toEqual([1, 70, 1]);
    expect(itemsOf(batches, "utc").map(({ kind }) => kind)).toEqual(["entry", "batch", "entry"]);
  });

  it("hold every entry of a batch that is not folded, whose length is known only when it is short", () => {
    for (const [length, count] of [[2, 2], [50, null]] as const) {
      const [batch] = batchesOf(entriesOf(imported(length)));
      expect(batch?.count).toBe(count);
      expect(itemsOf(batch ? [batch] : [], "utc")).toHaveLength(1 + length);
    }
  });

  it("begin a day where the recorded day changes, in the time that is read", () => {
    const batches = batchesOf(
      entriesOf([rowOf({ recorded_at: "2026-11-23T08:00:00Z" }), rowOf({ recorded_at: "2026-11-23T07:00:00Z" }), rowOf({ recorded_at: null }), rowOf({ recorded_at: "2026-11-22T23:59:00Z" })]),
    );
    expect(itemsOf(batches, "utc").map((item) => item.day !== null)).toEqual([true, false, false, true]);
  });
});
