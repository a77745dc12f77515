import { describe, expect, it } from "vitest";
import { daysOf, rangeOf, shown } from "./days";

const now = new Date(2026, 10, 23, 14, 30);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

describe("the days of the picture", () => {
  it("end today and name every day, also those without entries", () => {
    const days = daysOf([], now);
    expect(days).toHaveLength(shown);
    expect(new Date(days.at(-1)?.at ?? "").getDate()).toBe(23);
    expect(days.every((day) => day.count === 0)).toBe(true);
  });

  it("sum up what was recorded between two midnights of this laptop", () => {
    const days = daysOf([{ at: at(22, 1), count: 3 }, { at: at(22, 23), count: 4 }, { at: at(23, 0), count: 5 }], now);
    expect(days.slice(-2).map((day) => day.count)).toEqual([7, 5]);
  });

  it("ask for whole days", () => {
    const { since, until } = rangeOf(now);
    expect(new Date(since).getHours()).toBe(0);
    expect(new Date(until).getHours()).toBe(23);
  });
});
