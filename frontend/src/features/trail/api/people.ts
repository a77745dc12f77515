import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

export function useMembers() {
  return useQuery({ queryKey: keys.record("members"), queryFn: ({ signal }) => ok(api.GET("/members", { signal })) });
}

export function useDevices() {
  return useQuery({ queryKey: keys.record("devices"), queryFn: ({ signal }) => ok(api.GET("/devices", { signal })) });
}
