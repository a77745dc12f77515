import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";
import type { ListQuery } from "./list";

/** useFacets gives the commonest values of a field among what a query fits, for suggestions. */
export function useFacets(field: string, query: ListQuery) {
  return useQuery({
    queryKey: keys.record("assets", "facets", field, query),
    queryFn: ({ signal }) => ok(api.GET("/assets/facets", { params: { query: { field, search: query.search, where: [...query.where] } }, signal })),
    enabled: field !== "",
    placeholderData: keepPreviousData,
  });
}
