import { useDebouncedCallback, useWindowEvent } from "@mantine/hooks";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { runningJobs, useProgramState, useRevision, type Job } from "../api";
import { native } from "../native";
import { flushDrafts, forgetWork, routes, usePath, usePursue } from "../shared";

/** outside are the addresses that need no open workspace. */
const outside: string[] = [routes.start, routes.unlock];

/** settled is how long the window's size must rest to be one that a person chose, in milliseconds. */
const settled = 250;

/** Root keeps the page in step with the program: its revision, its phase, the window's wish to close. */
export function Root() {
  useRevision();
  useGuard();
  useRunningJobs();
  useEffect(() => native.onFlush(flushDrafts), []);
  useEffect(() => {
    const flush = () => void flushDrafts();
    window.addEventListener("blur", flush);
    return () => window.removeEventListener("blur", flush);
  }, []);
  useWindowEvent("resize", useDebouncedCallback(() => native.resized(), settled));
  return <Outlet />;
}

/** useGuard leads away from screens that the phase does not allow, and forgets what was read of a record that locked. */
function useGuard(): void {
  const { phase } = useProgramState();
  const client = useQueryClient();
  const router = useRouter();
  const inside = !outside.includes(usePath());
  useEffect(() => {
    if (phase === "open") return;
    for (const key of ["record", "kept", "draft", "definitions"]) client.removeQueries({ queryKey: [key] });
    if (!inside) return;
    const back = new URLSearchParams({ back: router.state.location.href });
    router.history.replace(phase === "locked" ? `${routes.unlock}?${back}` : routes.start);
  }, [phase, inside, client, router]);
}

/** useRunningJobs follows what the program was at before this page was loaded, and forgets what came of the work on a record that locked. */
function useRunningJobs(): void {
  const { phase } = useProgramState();
  const client = useQueryClient();
  const pursue = usePursue();
  const take = useEffectEvent((jobs: Job[]) => jobs.forEach((job) => void pursue(job.kind, () => Promise.resolve(job))));
  useEffect(() => {
    // Without an answer there is nothing to follow; whatever is asked next says what is wrong.
    runningJobs().then(take, () => undefined);
  }, []);
  useEffect(() => {
    if (phase !== "open") forgetWork(client);
  }, [phase, client]);
}
