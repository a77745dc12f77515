import { api, ok, type Job } from "../../../api";
import type { Selection } from "../selection";
import type { ListQuery } from "./list";

/** Change is what a bulk edit does, to which assets and why. */
export interface Change {
  selection: Selection;
  query: ListQuery;
  fields: Record<string, string>;
  reason: string;
}

/** startBulk begins one batch over the selected assets; the job's result says which of them a rule refused. */
export function startBulk({ selection, query, fields, reason }: Change): Promise<Job> {
  const which = selection.kind === "all" ? { query: chosen(query) } : { ids: [...selection.ids] };
  return ok(api.POST("/assets/bulk", { body: { ...which, fields, reason } }));
}

/** chosen is a query without order, time and struck entries, for work on all that it fits now. */
const chosen = ({ search, where }: ListQuery) => ({ ...(search && { search }), ...(where.length > 0 && { where: [...where] }) });
