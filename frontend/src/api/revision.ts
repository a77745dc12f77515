import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, ok } from "./client";
import { keys } from "./keys";
import { Problem } from "./problem";
import { folderOf, stateQuery } from "./state";
import type { Change } from "./types";

const reachable = ["reachable"];

/** useReachable says whether the program answered the last poll. */
export function useReachable(): boolean {
  return useQuery({ queryKey: reachable, queryFn: () => true, initialData: true, enabled: false }).data;
}

/** seconds that one long-poll waits; the program answers sooner when something moved. */
const wait = 25;

/** beat is how long the page waits, in milliseconds, before it asks the record anew: what became of the write that moved it is drawn first, and a sync
 *  that moves it often has it asked for once a beat. */
const beat = 40;

/** pause is how long the page waits after a failed poll, in milliseconds, before it asks again. */
const pause = 1000;

/**
 * useRevision keeps the page current: whatever changes the record, be it a sync, the command line or this page, moves the program's revision, and
 * every query over the record is asked anew. Nothing else asks for it: a write that did so itself would have all of it asked for twice. A phase that moved
 * (locked by idle time, unlocked elsewhere) asks for the state, and so does another record, of which nothing is asked under the name of the one before.
 */
export function useRevision(): void {
  const client = useQueryClient();
  useEffect(() => {
    const end = new AbortController();
    const moved = ({ phase, dir }: Change) => {
      if (end.signal.aborted) return;
      const same = folderOf(client) === dir;
      // A record that has locked answers nothing; the page leaves its screens instead.
      if (same && phase === "open") void client.invalidateQueries({ queryKey: ["record"] });
      if (!same || client.getQueryData(stateQuery.queryKey)?.phase !== phase) void client.invalidateQueries({ queryKey: keys.state });
    };
    void poll(end.signal, moved, (there) => !end.signal.aborted && client.setQueryData(reachable, there));
    return () => end.abort();
  }, [client]);
}

async function poll(signal: AbortSignal, moved: (change: Change) => void, reached: (there: boolean) => void): Promise<void> {
  let after: number | undefined;
  while (!signal.aborted) {
    try {
      const query = after === undefined ? { wait: 0 } : { after, wait };
      const change = await ok(api.GET("/changes", { params: { query }, signal }));
      reached(true);
      const news = after !== undefined && change.revision !== after;
      after = change.revision;
      if (!news) continue;
      await rest(signal, beat);
      moved(change);
    } catch (cause) {
      reached(cause instanceof Problem && cause.code !== "gone");
      if (cause instanceof Problem && cause.code === "session") return;
      await rest(signal, pause);
    }
  }
}

function rest(signal: AbortSignal, time: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, time);
    signal.addEventListener("abort", done);
  });
}
