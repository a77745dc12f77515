import { describe, expect, it } from "vitest";
import type { PreviewColumn } from "../../api";
import { definitions } from "../../test";
import { asCustom, emptyPlan, leftOut, mappingOf, meaningOf, readPlan, strangers, unsaid, withWord, wordsOf, type Plan } from "./plan";

const fields = definitions.entities.asset;

function column(header: string, name: string, part: Partial<PreviewColumn> = {}): PreviewColumn {
  return { header, name, label: name, how: "alias", samples: [], ...part };
}

const plan: Plan = {
  columns: { "Tag No.": "tag", Inv: asCustom, Old: leftOut },
  values: { role: { SPS: "plc" } },
  set: { site: "RAV" },
};

describe("a plan on another list", () => {
  it("says nothing about headers that the list lacks, since those would be refused", () => {
    expect(mappingOf(plan, ["Tag No.", "Make"])).toEqual({ columns: { "Tag No.": "tag" }, values: { role: { SPS: "plc" } } });
    expect(strangers(plan, ["Tag No.", "Make"])).toEqual(["Inv", "Old"]);
  });

  it("is read back as it was kept", () => {
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it("keeps what can be read of a damaged one", () => {
    expect(readPlan(null)).toEqual(emptyPlan);
    expect(readPlan({ columns: { A: "tag", B: 7 }, values: { role: "plc" }, set: [] })).toEqual({
      columns: { A: "tag" },
      values: { role: {} },
      set: {},
    });
  });
});

describe("columns", () => {
  it("mean a field, a field of their own, or nothing", () => {
    expect(meaningOf(column("Make", "vendor"))).toBe("vendor");
    expect(meaningOf(column("Inv", "custom.Inv", { how: "custom" }))).toBe(asCustom);
    expect(meaningOf(column("Old", "", { how: "skipped" }))).toBe(leftOut);
  });

  it("leave open what is required and no column says, but never the tag", () => {
    const open = unsaid(fields, [column("Make", "vendor"), column("Crit.", "criticality")]);
    expect(open.map((field) => field.name)).toEqual(["site", "role"]);
  });
});

describe("words of the list", () => {
  const columns = [column("Typ", "role", { samples: ["plc", "SPS", "Bedienstation"] }), column("Make", "vendor", { samples: ["Siemens"] })];

  it("are those that a field does not know, each once", () => {
    expect(wordsOf(plan, fields, columns)).toEqual([
      { field: "role", cell: "SPS" },
      { field: "role", cell: "Bedienstation" },
    ]);
  });

  it("can be given a meaning and lose it again", () => {
    const more = withWord(plan, { field: "role", cell: "Bedienstation" }, "hmi");
    expect(more.values).toEqual({ role: { SPS: "plc", Bedienstation: "hmi" } });
    expect(withWord(more, { field: "role", cell: "Bedienstation" }, "")).toEqual(plan);
  });
});
