import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useRemotes lists the places that this device syncs with, by name. */
export function useRemotes() {
  return useQuery({ queryKey: keys.record("remotes"), queryFn: ({ signal }) => ok(api.GET("/remotes", { signal })) });
}
