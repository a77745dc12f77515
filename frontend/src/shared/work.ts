import { notifications } from "@mantine/notifications";
import { notifyManager, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { keys, type Job, type Problem } from "../api";
import type { Screen, Search } from "./routes";

/** WorkName says what is being done: a kind of job, or one thing of several for which a kind is used. */
export type WorkName = Job["kind"] | "check" | "refused" | "trail";

/**
 * Work is how far a piece of work is. The query cache holds it, above the screens: whoever began it may go elsewhere, and finds it later as it is by
 * then.
 */
export interface Work {
  name: WorkName;
  /** token tells one run from the next of the same name. */
  token: symbol | null;
  job: Job | null;
  problem: Problem | null;
  running: boolean;
  /** about is what the screen wants to know again of what it asked for. */
  about: string | null;
}

/** noWork stands where nothing was begun. */
export const noWork = (name: WorkName): Work => ({ name, token: null, job: null, problem: null, running: false, about: null });

/** homes are where a piece of work is begun and shown. */
export const homes: Record<WorkName, { screen: Exclude<Screen, "asset">; search?: Search["trail"] }> = {
  backup: { screen: "settings" },
  bulk: { screen: "assets" },
  check: { screen: "import" },
  export: { screen: "assets" },
  import: { screen: "import" },
  rebuild: { screen: "settings" },
  refused: { screen: "import" },
  restore: { screen: "start" },
  sample: { screen: "start" },
  sync: { screen: "sync" },
  trail: { screen: "trail" },
  verify: { screen: "trail", search: { verify: true } },
};

/** isSeen tells whether a screen shows this work now. */
export function isSeen(client: QueryClient, name: WorkName): boolean {
  return (client.getQueryCache().find({ queryKey: keys.work(name) })?.getObserversCount() ?? 0) > 0;
}

/** leaveWork forgets an end that was seen, so that it is not shown again to who comes back; what still runs goes on. */
export function leaveWork(client: QueryClient, name: WorkName): void {
  client.setQueryData<Work>(keys.work(name), (work) => (work?.running ? work : noWork(name)));
}

/** forgetWork drops all that has ended and what was told of it: it is the record's, which has locked. */
export function forgetWork(client: QueryClient): void {
  for (const [, work] of client.getQueriesData<Work>({ queryKey: keys.work() })) {
    if (!work) continue;
    notifications.hide(work.name);
    leaveWork(client, work.name);
  }
}

/** useRunningWork gives one of the pieces of work that go on, whichever screen they belong to. */
export function useRunningWork(): Work | null {
  const client = useQueryClient();
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(notifyManager.batchCalls(changed)), [client]);
  return useSyncExternalStore(subscribe, () => {
    const known = client.getQueriesData<Work>({ queryKey: keys.work() });
    return known.find(([, work]) => work?.running)?.[1] ?? null;
  });
}
