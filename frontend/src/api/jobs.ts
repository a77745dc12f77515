import { api, ok } from "./client";
import type { Job } from "./types";

/** seconds that one question for a job's progress waits for news. */
const wait = 25;

/** follow reports a job each time it moves, until it ends, and gives its last state. */
export async function follow(job: Job, moved: (job: Job) => void): Promise<Job> {
  let last = job;
  while (last.state === "running") {
    moved(last);
    const params = { path: { id: last.id }, query: { after: last.revision, wait } };
    last = await ok(api.GET("/jobs/{id}", { params }));
  }
  moved(last);
  return last;
}

/** runningJobs are those that the program is at, whoever began them. */
export async function runningJobs(): Promise<Job[]> {
  const jobs = await ok(api.GET("/jobs"));
  return jobs.filter(({ state }) => state === "running");
}

/** cancel asks a job to end; what it had not committed is left undone. */
export function cancel(id: string): Promise<unknown> {
  return ok(api.DELETE("/jobs/{id}", { params: { path: { id } } }));
}
