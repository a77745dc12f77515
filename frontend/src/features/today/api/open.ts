import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useOpen counts by kind what a person must look at. A field with several values is among it as the finding concurrent_values. */
export function useOpen() {
  return useQuery({
    queryKey: keys.record("findings", "open"),
    queryFn: async ({ signal }) => (await ok(api.GET("/findings", { params: { query: { limit: 0 } }, signal }))).kinds,
  });
}
