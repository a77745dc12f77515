import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useConflicts lists the fields that several people gave different values at the same time. */
export function useConflicts() {
  return useQuery({ queryKey: keys.record("conflicts"), queryFn: ({ signal }) => ok(api.GET("/conflicts", { signal })) });
}
