import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** useResolve decides between the concurrent values of a field; a value that is not among those seen makes the program refuse. */
export function useResolve() {
  return useWrite(({ id, ...body }: { id: string; keep: string; seen: string[]; reason: string }) => ok(api.POST("/conflicts/{id}/resolve", { params: { path: { id } }, body })));
}
