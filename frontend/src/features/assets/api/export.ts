import { api, ok, type Job } from "../../../api";
import { asked, type ListQuery } from "./list";

export type Format = "csv" | "xlsx";

/** startExport begins an export of the list as it is seen, its order, time and struck entries too, to a path in a window or as a download in a browser. */
export function startExport(format: Format, query: ListQuery, where: { path?: string }): Promise<Job> {
  return ok(api.POST("/export", { body: { kind: "assets", format, assets: asked(query), ...where } }));
}
