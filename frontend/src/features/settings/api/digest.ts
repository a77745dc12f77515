import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useDigest gives the record's digest, which reads all of it and is therefore in no status. */
export function useDigest() {
  return useQuery({ queryKey: keys.record("digest"), queryFn: ({ signal }) => ok(api.GET("/digest", { signal })) });
}
