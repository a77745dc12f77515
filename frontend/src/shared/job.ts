import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cancel, follow, problemOf, type Job, type Problem } from "../api";
import { native } from "../native";

export interface Running<R> {
  job: Job | null;
  running: boolean;
  /** result is what a done job answers. */
  result: R | null;
  problem: Problem | null;
  /** run starts a job and follows it to its end; the promise gives its last state and never rejects. */
  run: (start: () => Promise<Job>) => Promise<Job | null>;
  cancel: () => void;
  reset: () => void;
}

/**
 * useJob runs one long piece of work at a time and says how far it is. Leaving the screen stops the following, not the work. Who works in
 * another program meanwhile hears of its end by a notification.
 */
export function useJob<R>(): Running<R> {
  const { t } = useTranslation();
  const [job, setJob] = useState<Job | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [starting, setStarting] = useState(false);
  const end = useRef<AbortController | null>(null);
  useEffect(() => () => end.current?.abort(), []);

  const run = useCallback(
    async (start: () => Promise<Job>) => {
      end.current?.abort();
      const mine = (end.current = new AbortController());
      setProblem(null);
      setJob(null);
      setStarting(true);
      try {
        const last = await follow(await start(), (now) => !mine.signal.aborted && setJob(now), mine.signal);
        if (last.problem) setProblem(problemOf(last.problem));
        if (!document.hasFocus() && last.state !== "cancelled") native.notify(t(`job.kind.${last.kind}`), last.problem?.detail ?? t("job.done"));
        return last;
      } catch (cause) {
        if (!mine.signal.aborted) setProblem(problemOf(cause));
        return null;
      } finally {
        if (!mine.signal.aborted) setStarting(false);
      }
    },
    [t],
  );

  return {
    job,
    running: starting || job?.state === "running",
    result: job?.state === "done" ? (job.result as R) : null,
    problem,
    run,
    cancel: () => job && void cancel(job.id).catch((cause: unknown) => setProblem(problemOf(cause))),
    reset: () => {
      end.current?.abort();
      setJob(null);
      setProblem(null);
      setStarting(false);
    },
  };
}
