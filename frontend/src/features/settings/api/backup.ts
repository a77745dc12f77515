import { api, ok, type Job, type Target } from "../../../api";

/** startBackup begins to write all of this laptop's record to one file; the job's result is Exported. */
export function startBackup(body: Target): Promise<Job> {
  return ok(api.POST("/backup", { body }));
}
