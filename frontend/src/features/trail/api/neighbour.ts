import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../../api";

export interface Step {
  /** at is in milliseconds since 1970. */
  at: number;
  way: "earlier" | "later";
}

/** useNeighbour leads to the recorded time of the entry before or after a time; at either end of the trail nothing moves. */
export function useNeighbour(onAt: (at: number) => void) {
  return useMutation({
    mutationFn: async ({ at, way }: Step) => {
      const query =
        way === "earlier"
          ? { until: new Date(at - 1).toISOString(), order: "desc" as const, limit: 1 }
          : { since: new Date(at + 1).toISOString(), order: "asc" as const, limit: 1 };
      const { items } = await ok(api.GET("/trail", { params: { query } }));
      return items[0]?.recorded_at ?? null;
    },
    onSuccess: (found) => found !== null && onAt(Date.parse(found)),
  });
}
