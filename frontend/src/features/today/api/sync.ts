import { api, ok, type Job } from "../../../api";

/** startSync begins an exchange with one remote, or with all of them when none is named. */
export function startSync(remote: string | null): Promise<Job> {
  return ok(api.POST("/sync", { body: remote === null ? {} : { remote } }));
}
