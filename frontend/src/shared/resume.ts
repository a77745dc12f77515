import { useEffect, useEffectEvent } from "react";
import { api, ok, type Job } from "../api";
import type { Running } from "./job";

/** useResume takes up a piece of work of this kind that was begun before the screen was left, or elsewhere. */
export function useResume<R>(kind: Job["kind"], running: Running<R>): void {
  const follow = useEffectEvent((job: Job) => void running.run(() => Promise.resolve(job)));
  useEffect(() => {
    const end = new AbortController();
    const found = ok(api.GET("/jobs", { signal: end.signal }));
    found
      .then((jobs) => {
        const job = jobs.find((other) => other.kind === kind && other.state === "running");
        if (job && !end.signal.aborted) follow(job);
      })
      // Without an answer there is nothing to take up; whatever is asked next says what is wrong.
      .catch(() => undefined);
    return () => end.abort();
  }, [kind]);
}
