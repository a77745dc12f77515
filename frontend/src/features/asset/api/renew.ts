import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { keys } from "../../../api";

/** useRenew waits until an asset is shown as a write left it, so that what was typed gives way to what was saved without a flicker. */
export function useRenew(ref: string): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: keys.record("asset", ref) }), [client, ref]);
}
