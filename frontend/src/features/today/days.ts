import dayjs from "dayjs";
import type { TrailSpan } from "../../api";

/** Day is how many entries were recorded on one day of this laptop's clock. */
export interface Day {
  at: string;
  count: number;
}

/** shown is how many days the picture of activity goes back. */
export const shown = 28;

/** daysOf sums buckets up by local day, days without entries included, the newest last. */
export function daysOf(counted: TrailSpan["buckets"], now: Date): Day[] {
  const counts = new Map<string, number>();
  for (const bucket of counted) {
    const key = dayjs(bucket.at).format("YYYY-MM-DD");
    counts.set(key, (counts.get(key) ?? 0) + bucket.count);
  }
  return Array.from({ length: shown }, (_, index) => {
    const day = dayjs(now).startOf("day").subtract(shown - 1 - index, "day");
    return { at: day.toISOString(), count: counts.get(day.format("YYYY-MM-DD")) ?? 0 };
  });
}

/** buckets is the most that the program gives; each is then at most 81 minutes long, by which the edge of a day may be off. */
export const buckets = 500;

/** rangeOf is from the first moment of the first day shown to the last one of today. */
export function rangeOf(now: Date): { since: string; until: string } {
  const today = dayjs(now).startOf("day");
  return { since: today.subtract(shown - 1, "day").toISOString(), until: today.endOf("day").toISOString() };
}
