import { describe, expect, it } from "vitest";
import { changed, filterOf } from "./filter";
import { momentOf, pickedOf } from "./time";

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

describe("picked times", () => {
  it("mean the whole minute: its first moment from, its last until", () => {
    expect(momentOf("2026-11-23 14:10:00", "utc", "start")).toBe("2026-11-23T14:10:00.000Z");
    expect(momentOf("2026-11-23 14:10:00", "utc", "end")).toBe("2026-11-23T14:10:59.999Z");
  });

  it("come back as they were picked, in either time", () => {
    for (const zone of ["local", "utc"] as const) {
      expect(pickedOf(momentOf("2026-07-01 09:30:00", zone, "start"), zone)).toBe("2026-07-01 09:30:00");
    }
  });

  it("are none where the address has nonsense", () => {
    expect(pickedOf("soon", "local")).toBeNull();
    expect(pickedOf(undefined, "local")).toBeNull();
  });
});
