import { api, ok, type Job } from "../../../api";
import type { Filter } from "../filter/filter";

export type Format = "csv" | "xlsx";

/** startExport begins to write a part of the trail as a table. */
export function startExport(format: Format, trail: Filter, place: { path?: string }): Promise<Job> {
  return ok(api.POST("/export", { body: { kind: "trail", format, trail, ...place } }));
}
