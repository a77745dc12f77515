import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** mostNews is how many of the others' newest entries are shown; the trail has them all. */
export const mostNews = 200;

/** useNews gives what others wrote that reached this laptop after a position; null waits until the position is known. */
export function useNews(after: number | null) {
  return useQuery({
    queryKey: keys.record("news", after),
    queryFn: ({ signal }) => ok(api.GET("/news", { params: { query: { after: after ?? 0, limit: mostNews } }, signal })),
    enabled: after !== null,
    placeholderData: keepPreviousData,
  });
}
