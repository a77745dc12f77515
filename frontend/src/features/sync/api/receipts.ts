import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useReceipts lists the newest receipt of each service for each feed. */
export function useReceipts() {
  return useQuery({ queryKey: keys.record("receipts"), queryFn: ({ signal }) => ok(api.GET("/receipts", { signal })) });
}
