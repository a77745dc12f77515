import { api, ok, type Job } from "../../../api";

/** startRebuild begins to make the read models anew from the log; the job's result is Rebuilt. */
export function startRebuild(): Promise<Job> {
  return ok(api.POST("/rebuild"));
}
