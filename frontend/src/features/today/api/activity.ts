import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";
import { buckets, daysOf, rangeOf } from "../days";

/** useActivity counts the entries of each of the last days, which begin at this laptop's midnight. */
export function useActivity(now: Date) {
  const range = rangeOf(now);
  return useQuery({
    queryKey: keys.record("trail", "span", "activity", range),
    queryFn: ({ signal }) => ok(api.GET("/trail/span", { params: { query: { ...range, buckets } }, signal })),
    select: (span) => daysOf(span.buckets, now),
  });
}
