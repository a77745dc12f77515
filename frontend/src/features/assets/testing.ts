import type { AssetRow } from "../../api";
import { definitions, fakeProgram, sized, stateOf, type Answers, type Asked } from "../../test";

/** rowOf is one of a generated plant's rows, by its place in the list. */
export function rowOf(at: number): AssetRow {
  const tag = `RAV-PLC-${String(at + 1).padStart(5, "0")}`;
  const values = { tag, site: "RAV", role: "plc", criticality: "high", vendor: "Siemens", firmware: `V3.2.${at}`, ip_address: "" };
  return { id: `id-${at}`, tag, site: "RAV", lifecycle: "in_service", values, concurrent: [], unverified: false, void: null, merged_into: null };
}

/** listOf answers the list of a plant with this many assets, page by page. */
export function listOf(total: number, change: (row: AssetRow, at: number) => AssetRow = (row) => row) {
  return ({ query }: Asked) => {
    const offset = Number(query.get("offset"));
    const count = Math.max(0, Math.min(Number(query.get("limit")), total - offset));
    return { total, items: Array.from({ length: count }, (_, at) => change(rowOf(offset + at), offset + at)) };
  };
}

/** fakePlant is a program with a plant of this many assets; nothing is kept on the device yet. */
export function fakePlant(total: number, answers: Answers = {}) {
  sized();
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /headers": ["Loop"],
    "GET /kept": [],
    "PUT /kept": undefined,
    "DELETE /kept": undefined,
    "GET /assets": listOf(total),
    "GET /assets/facets": [
      { value: "high", count: 40 },
      { value: "low", count: 2 },
    ],
    ...answers,
  });
}
