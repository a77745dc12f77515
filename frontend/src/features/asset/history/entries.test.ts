import { expect, test } from "vitest";
import type { TrailRow } from "../../../api";
import { entriesOf } from "./entries";

const row = (seq: number, field: string | null, device = "d1") => ({ device, epoch: "e", seq, field }) as TrailRow;

test("the rows of one event are one entry, whatever feed comes next", () => {
  const entries = entriesOf([row(7, "firmware"), row(7, "serial"), row(7, "firmware", "d2"), row(6, null)]);
  expect(entries.map(({ head, changes }) => [head.device, head.seq, changes.map(({ field }) => field)])).toEqual([
    ["d1", 7, ["firmware", "serial"]],
    ["d2", 7, ["firmware"]],
    ["d1", 6, []],
  ]);
});
