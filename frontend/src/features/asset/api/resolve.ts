import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** useResolve decides between the concurrent values of a field. */
export function useResolve() {
  return useWrite(({ id, ...body }: { id: string; keep: string; reason: string }) => ok(api.POST("/conflicts/{id}/resolve", { params: { path: { id } }, body })));
}
