import { api, ok, type Job, type Sample } from "../../../api";

/** startSample begins to make the sample plant; the job's result is Sampled. */
export function startSample(body: Sample): Promise<Job> {
  return ok(api.POST("/workspaces/sample", { body }));
}
