import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** pageSize is how many assets one page of the plant as it stood holds. */
export const pageSize = 200;

/** compared are the fields that the list shows and compares, by their public names. */
export const compared = ["role", "name", "vendor", "model", "serial", "firmware", "ip_address", "zone", "criticality", "lifecycle", "location.room"] as const;

/** usePlant lists a page of all assets, as of a time or, with null, as they are now. */
export function usePlant(asOf: string | null, page: number, search: string, enabled = true) {
  return useQuery({
    queryKey: keys.record("assets", "plant", asOf, page, search),
    queryFn: ({ signal }) => {
      const query = { columns: compared.join(","), offset: page * pageSize, limit: pageSize, ...(search && { search }), ...(asOf !== null && { as_of: asOf }) };
      return ok(api.GET("/assets", { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** useStrays reads single assets as they are now: those that today's list has elsewhere, or no longer. */
export function useStrays(ids: readonly string[]) {
  return useQueries({
    queries: ids.map((ref) => ({
      queryKey: keys.record("asset", ref, null),
      queryFn: ({ signal }: { signal: AbortSignal }) => ok(api.GET("/assets/{ref}", { params: { path: { ref }, query: {} }, signal })),
    })),
  });
}
