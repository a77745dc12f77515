import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useFindings counts what a person must look at, or with settled what was decided, by kind, and gives the first thousand, of one kind if asked. */
export function useFindings(settled: boolean, kind: string | null) {
  return useQuery({
    queryKey: keys.record("findings", settled, kind),
    queryFn: ({ signal }) => ok(api.GET("/findings", { params: { query: { settled, ...(kind !== null && { kind }) } }, signal })),
    placeholderData: keepPreviousData,
  });
}
