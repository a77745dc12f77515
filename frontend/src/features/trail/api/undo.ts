import { api, ok, type TrailRow } from "../../../api";
import { useWrite } from "../../../shared";

/** useUndo writes an entry that sets back what another one set. The program refuses it where the field was changed since. */
export function useUndo() {
  return useWrite(({ row, reason }: { row: TrailRow; reason: string }) =>
    ok(api.POST("/undo", { body: { device: row.device, epoch: row.epoch, seq: row.seq, reason } })),
  );
}
