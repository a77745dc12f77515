import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../../api";
import { ReasonModal } from "../../../record";
import { tell } from "../../../shared";
import { useUndo } from "../api/history";

/** UndoModal asks why an entry is to be set back by a new one. */
export function UndoModal({ row, onClose }: { row: TrailRow; onClose: () => void }) {
  const { t } = useTranslation("asset");
  const undo = useUndo();
  const confirm = (reason: string) =>
    undo.mutate(
      { device: row.device, epoch: row.epoch, seq: row.seq, reason },
      {
        onSuccess: () => {
          onClose();
          tell(t("history.undone"));
        },
      },
    );
  return (
    <ReasonModal opened title={t("history.undoTitle")} action={t("history.undo")} busy={undo.isPending} error={undo.error} onConfirm={confirm} onClose={onClose}>
      {t("history.undoHelp")}
    </ReasonModal>
  );
}
