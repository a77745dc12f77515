import { describe, expect, it } from "vitest";
import { momentOf, pickedOf } from "./picked";

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

  it("are none where nobody picked one, or where an address has nonsense", () => {
    expect(pickedOf("soon", "local")).toBeNull();
    expect(pickedOf(null, "local")).toBeNull();
  });
});
