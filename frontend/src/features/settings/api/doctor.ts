import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useDoctor looks at this laptop's set-up when it is asked to. */
export function useDoctor(wanted: boolean) {
  return useQuery({
    queryKey: keys.record("doctor"),
    queryFn: ({ signal }) => ok(api.GET("/doctor", { signal })),
    enabled: wanted,
  });
}
