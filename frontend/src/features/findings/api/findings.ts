import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useFindings lists what a person must look at, with settled ones if asked. */
export function useFindings(settled: boolean) {
  return useQuery({
    queryKey: keys.record("findings", settled),
    queryFn: ({ signal }) => ok(api.GET("/findings", { params: { query: { settled } }, signal })),
  });
}
