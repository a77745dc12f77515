import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";
import type { Filter } from "../filter/filter";

/** useSpan gives the first and last recorded time of a part of the trail and how the entries spread between them. */
export function useSpan(filter: Filter, buckets: number) {
  return useQuery({
    queryKey: keys.record("trail", "span", filter, buckets),
    queryFn: ({ signal }) => ok(api.GET("/trail/span", { params: { query: { ...filter, buckets } }, signal })),
    placeholderData: keepPreviousData,
  });
}
