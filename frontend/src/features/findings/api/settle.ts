import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** useSettle says that a finding needs no more attention, and why. */
export function useSettle() {
  return useWrite(({ id, reason }: { id: string; reason: string }) => ok(api.POST("/findings/{id}/settle", { params: { path: { id } }, body: { reason } })));
}
