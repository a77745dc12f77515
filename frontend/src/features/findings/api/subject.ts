import { useQueries } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useAssets reads the assets that a finding is about, to show them side by side. */
export function useAssets(ids: readonly string[]) {
  return useQueries({
    queries: ids.map((ref) => ({
      queryKey: keys.record("asset", ref, null),
      queryFn: ({ signal }: { signal: AbortSignal }) => ok(api.GET("/assets/{ref}", { params: { path: { ref }, query: {} }, signal })),
    })),
  });
}
