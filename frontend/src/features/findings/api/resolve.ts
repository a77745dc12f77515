import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

export interface Decision {
  id: string;
  keep: string;
  reason: string;
}

/** useResolve decides a conflict for one of its values or for another one. The decision is an entry of its own. */
export function useResolve() {
  return useWrite(({ id, keep, reason }: Decision) => ok(api.POST("/conflicts/{id}/resolve", { params: { path: { id } }, body: { keep, reason } })));
}
