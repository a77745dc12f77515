import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useMembers lists the people of the record. */
export function useMembers() {
  return useQuery({ queryKey: keys.record("members"), queryFn: ({ signal }) => ok(api.GET("/members", { signal })) });
}

/** useDevices lists the laptops that were let in, the recovery key among them. */
export function useDevices() {
  return useQuery({ queryKey: keys.record("devices"), queryFn: ({ signal }) => ok(api.GET("/devices", { signal })) });
}
