import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";
import { daysOf, shown, sinceOf } from "../days";

/** useActivity counts the entries of each of the last days. Hours are asked for, so that days begin at this laptop's midnight. */
export function useActivity(now: Date) {
  const since = sinceOf(now);
  return useQuery({
    queryKey: keys.record("trail", "span", "activity", since),
    queryFn: ({ signal }) => ok(api.GET("/trail/span", { params: { query: { since, buckets: shown * 24 } }, signal })),
    select: (span) => daysOf(span.buckets, now),
  });
}
