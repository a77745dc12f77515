import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, ok, type Mapping, type Source } from "../../../api";

/** usePreview asks what the columns of a list would be taken for; the last answer stays in sight while the next one comes. */
export function usePreview(source: Source, mapping: Mapping) {
  return useQuery({
    queryKey: ["import", "preview", source, mapping],
    queryFn: ({ signal }) => ok(api.POST("/import/preview", { body: { source, mapping }, signal })),
    placeholderData: keepPreviousData,
    // An upload is gone after half an hour and when the record is locked: an answer about it is of no use later.
    gcTime: 0,
  });
}
