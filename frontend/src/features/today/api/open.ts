import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useOpen lists what a person must look at. A field with several values is among it as the finding concurrent_values. */
export function useOpen() {
  return useQuery({
    queryKey: keys.record("findings", false),
    queryFn: ({ signal }) => ok(api.GET("/findings", { params: { query: { settled: false } }, signal })),
  });
}
