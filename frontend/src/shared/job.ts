import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { cancel, keys, problemOf, type Job, type Problem } from "../api";
import { usePursue, type Aim } from "./pursue";
import { leaveWork, noWork, type Work, type WorkName } from "./work";

export interface Running<R> {
  job: Job | null;
  running: boolean;
  /** result is what a done job answers. */
  result: R | null;
  problem: Problem | null;
  /** about is what {@link run} was told. */
  about: string | null;
  /** run starts a job and follows it to its end, also after the screen was left; the promise gives its last state, null if it failed on the way, and never rejects. */
  run: (start: () => Promise<Job>, aim?: Aim<R>) => Promise<Job | null>;
  cancel: () => void;
  reset: () => void;
}

/** useJob runs one long piece of work at a time and says how far it is. A screen that is shown again finds it still running, or what came of it. */
export function useJob<R>(name: WorkName): Running<R> {
  const client = useQueryClient();
  const pursue = usePursue();
  // Who pursues the work puts it there; there is nothing to ask for.
  const { data } = useQuery({ queryKey: keys.work(name), queryFn: () => noWork(name), initialData: noWork(name), enabled: false });
  const { job, running, problem, about } = data;
  useEffect(() => {
    notifications.hide(name);
    return () => leaveWork(client, name);
  }, [client, name]);

  const run = useCallback<Running<R>["run"]>((start, aim) => pursue(name, start, aim), [pursue, name]);
  const failed = (cause: unknown) => client.setQueryData<Work>(keys.work(name), (work) => work && { ...work, problem: problemOf(cause) });
  return {
    job,
    running,
    result: job?.state === "done" && !problem ? (job.result as R) : null,
    problem,
    about,
    run,
    cancel: () => job && void cancel(job.id).catch(failed),
    reset: () => client.setQueryData<Work>(keys.work(name), noWork(name)),
  };
}
