import { api, ok, type Job } from "../../../api";

/** startRefused writes the rows that an import refused, to a path in a window or as a download in a browser. */
export function startRefused(id: string, where: { path?: string }): Promise<Job> {
  return ok(api.POST("/jobs/{id}/refused", { params: { path: { id } }, body: where }));
}
