import { describe, expect, it } from "vitest";
import { changed, filterOf } from "./filter";

describe("the filter in an address", () => {
  it("takes what selects, and drops what is none of its", () => {
    expect(filterOf({ asset: "RAV-PLC-004", member: "", order: "asc", verify: true, source: "nonsense", state: "masked" })).toEqual({ asset: "RAV-PLC-004", state: "masked" });
  });

  it("changes one choice and takes it back", () => {
    const filter = changed({ member: "jo" }, "field", "firmware");
    expect(filter).toEqual({ member: "jo", field: "firmware" });
    expect(changed(filter, "member", null)).toEqual({ field: "firmware" });
  });
});
