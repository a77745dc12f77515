import { useTranslation } from "react-i18next";
import type { Asset, TrailRow } from "../../../api";
import { ReasonModal } from "../../../record";
import { tell } from "../../../shared";
import { useUndo } from "../api/history";
import { useRenew } from "../api/renew";

/** UndoModal asks why an entry is to be set back by a new one. */
export function UndoModal({ row, asset, onClose }: { row: TrailRow; asset: Asset; onClose: () => void }) {
  const { t } = useTranslation("asset");
  const undo = useUndo();
  const renew = useRenew(asset.id);
  const confirm = (reason: string) =>
    undo.mutate(
      { device: row.device, epoch: row.epoch, seq: row.seq, reason },
      {
        onSuccess: () => {
          onClose();
          tell(t("history.undone"));
          void renew();
        },
      },
    );
  return (
    <ReasonModal opened title={t("history.undoTitle")} action={t("history.undo")} busy={undo.isPending} error={undo.error} onConfirm={confirm} onClose={onClose}>
      {t("history.undoHelp")}
    </ReasonModal>
  );
}
