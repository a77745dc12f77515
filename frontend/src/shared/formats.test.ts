import { describe, expect, it } from "vitest";
import { formats } from "./formats";

const at = "2026-11-23T14:35:12Z";

describe("formats", () => {
  it("write moments and numbers as the language does", () => {
    expect(formats("en-GB", "UTC").moment(at)).toBe("23 Nov 2026, 14:35 UTC");
    expect(formats("de-DE", "UTC").moment(at)).toBe("23. Nov. 2026, 14:35 UTC");
    expect(formats("en-GB").number(50_000)).toBe("50,000");
    expect(formats("de-DE").number(50_000)).toBe("50.000");
    expect(formats("de-DE").bytes(1_536_000)).toBe("1,5 MB");
  });

  it("write UTC the same in every language", () => {
    expect(formats("de-DE").utc(at)).toBe("2026-11-23 14:35:12 UTC");
  });

  it.each([
    [4, "now"],
    [130, "2 minutes ago"],
    [7200, "2 hours ago"],
    [86_400, "yesterday"],
    [40 * 86_400, "last month"],
  ])("say how long ago %i seconds are", (seconds, text) => {
    expect(formats("en-GB").ago(at, Date.parse(at) + seconds * 1000)).toBe(text);
  });

  it("hold for no bytes and for very many", () => {
    expect(formats("en-GB").bytes(0)).toBe("0 byte");
    expect(formats("en-GB").bytes(5e15)).toBe("5,000,000 GB");
  });
});
