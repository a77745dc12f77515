import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** assetQuery asks for one asset, now or as it stood at a time (RFC 3339). */
export function assetQuery(ref: string, asOf: string) {
  return queryOptions({
    queryKey: keys.record("asset", ref, asOf),
    queryFn: ({ signal }) => ok(api.GET("/assets/{ref}", { params: { path: { ref }, query: asOf ? { as_of: asOf } : {} }, signal })),
  });
}

/** useAsset shows an asset; moving through time keeps the last state in sight until the next has come. */
export function useAsset(ref: string, asOf: string) {
  return useQuery({
    ...assetQuery(ref, asOf),
    placeholderData: (last, query) => (query?.queryKey[2] === ref ? keepPreviousData(last) : undefined),
  });
}
