import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

export interface Decision {
  id: string;
  keep: string;
  /** seen are the values that were on the screen: the decision is refused if another has arrived. */
  seen: string[];
  reason: string;
}

/** useResolve decides a conflict for one of its values or for another one. The decision is an entry of its own. */
export function useResolve() {
  return useWrite(({ id, ...body }: Decision) => ok(api.POST("/conflicts/{id}/resolve", { params: { path: { id } }, body })));
}
