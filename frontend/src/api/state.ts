import { queryOptions, useQuery, useQueryClient, useSuspenseQuery, type QueryClient } from "@tanstack/react-query";
import { api, ok } from "./client";
import { keys } from "./keys";
import type { State } from "./types";

export const stateQuery = queryOptions({
  queryKey: keys.state,
  queryFn: async ({ signal, client }) => {
    const state = await ok<State>(api.GET("/state", { signal }));
    const before = folderOf(client);
    if (before && before !== dirOf(state)) forgetRecord(client);
    return state;
  },
});

/** folderOf is the folder of the record that the page shows, empty if there is none. Two folders are two records, also of one plant. */
export const folderOf = (client: QueryClient): string => dirOf(client.getQueryData(stateQuery.queryKey));

const dirOf = (state: State | undefined): string => state?.current?.dir ?? "";

/** forgetRecord drops all that was read of a record, when it locks or another one takes its place. */
export function forgetRecord(client: QueryClient): void {
  for (const key of ["record", "kept", "draft", "definitions"]) client.removeQueries({ queryKey: [key] });
}

/** useProgramState says which workspace is open, who acts and which others are known. The app shows nothing before it is there. */
export function useProgramState(): State {
  return useSuspenseQuery(stateQuery).data;
}

/** useEnter makes a state that a call answered the page's: another record than before is asked for from nothing. */
export function useEnter(): (state: State) => void {
  const client = useQueryClient();
  return (state) => {
    forgetRecord(client);
    client.setQueryData(keys.state, state);
  };
}

/**
 * useStatus is the record at a glance: counts, remotes, last sync and what became of the last edit. Where it calls the plant, the person or the role
 * something else than the state does, as after a first sync, the state is asked anew.
 */
export function useStatus() {
  return useQuery({
    queryKey: keys.record("status"),
    queryFn: async ({ signal, client }) => {
      const status = await ok(api.GET("/status", { signal }));
      const { workspace, me } = client.getQueryData(stateQuery.queryKey) ?? {};
      const same = workspace?.name === status.workspace && me?.member === status.member && me.role === status.role;
      if (workspace && !same) void client.invalidateQueries({ queryKey: keys.state });
      return status;
    },
  });
}
