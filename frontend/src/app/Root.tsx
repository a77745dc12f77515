import { useDebouncedCallback, useWindowEvent } from "@mantine/hooks";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { forgetRecord, runningJobs, useProgramState, useRevision, type Job } from "../api";
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
  useFlush();
  const { current } = useProgramState();
  const inside = useInside();
  useWindowEvent("resize", useDebouncedCallback(() => native.resized(), settled));
  // Another record is another page: nothing that a screen held of the one before stays.
  return <Outlet key={inside ? current?.dir : ""} />;
}

/** useInside tells whether the address is one of an open record. */
const useInside = (): boolean => !outside.includes(usePath());

/** useFlush keeps what is typed before the window closes or something else is looked at. */
function useFlush(): void {
  const client = useQueryClient();
  useEffect(() => native.onFlush(() => flushDrafts(client)), [client]);
  useWindowEvent("blur", () => void flushDrafts(client));
}

/** useGuard leads away from screens that the phase does not allow, and forgets what was read of a record that locked. */
function useGuard(): void {
  const { phase } = useProgramState();
  const client = useQueryClient();
  const router = useRouter();
  const inside = useInside();
  useEffect(() => {
    if (phase === "open") return;
    forgetRecord(client);
    if (!inside) return;
    const back = new URLSearchParams({ back: router.state.location.href });
    router.history.replace(phase === "locked" ? `${routes.unlock}?${back}` : routes.start);
  }, [phase, inside, client, router]);
}

/** useRunningJobs follows what the program was at before this page was loaded, and forgets what came of the work on a record that locked or gave place to another. */
function useRunningJobs(): void {
  const { phase, current } = useProgramState();
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
  useEffect(() => () => forgetWork(client), [current?.dir, client]);
}
