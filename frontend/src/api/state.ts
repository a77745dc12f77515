import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, ok } from "./client";
import { keys } from "./keys";
import type { State } from "./types";

export const stateQuery = queryOptions({
  queryKey: keys.state,
  queryFn: ({ signal }) => ok<State>(api.GET("/state", { signal })),
});

/** useProgramState says which workspace is open, who acts and which others are known. The app shows nothing before it is there. */
export function useProgramState(): State {
  return useSuspenseQuery(stateQuery).data;
}

/** useEnter makes a state that a call answered the page's: another record than before is asked for from nothing. */
export function useEnter(): (state: State) => void {
  const client = useQueryClient();
  return (state) => {
    client.removeQueries({ queryKey: ["record"] });
    client.removeQueries({ queryKey: ["kept"] });
    client.setQueryData(keys.state, state);
  };
}

/** useStatus is the record at a glance: counts, remotes, last sync and what became of the last edit. */
export function useStatus() {
  return useQuery({ queryKey: keys.record("status"), queryFn: ({ signal }) => ok(api.GET("/status", { signal })) });
}
