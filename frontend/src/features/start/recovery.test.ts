import { describe, expect, it } from "vitest";
import { drawTwo, groupsOf, sameGroup } from "./recovery";

describe("recovery key", () => {
  it("splits into its groups whatever stands between them", () => {
    expect(groupsOf("AB12 CD34-EF56\nGH78 ")).toEqual(["AB12", "CD34", "EF56", "GH78"]);
  });

  it("asks for two different groups for any draw", () => {
    const draws = [0, 0.25, 0.5, 0.999];
    for (const a of draws)
      for (const b of draws) {
        const values = [a, b];
        const [first, second] = drawTwo(14, () => values.shift() ?? 0);
        expect(first).toBeLessThan(second);
        expect(second).toBeLessThan(14);
      }
  });

  it("forgives what reading aloud confuses, and nothing else", () => {
    expect(sameGroup(" ao1l ", "A011")).toBe(true);
    expect(sameGroup("A012", "A011")).toBe(false);
    expect(sameGroup("", "A011")).toBe(false);
  });
});
