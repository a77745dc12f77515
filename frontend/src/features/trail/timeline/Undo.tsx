import { useTranslation } from "react-i18next";
import { ReasonModal, useKeyLabel } from "../../../record";
import { tell } from "../../../shared";
import { useUndo } from "../api/undo";
import type { Entry } from "./group";

/** Undo sets back what an entry set, by a new entry. Whether that is still possible the program says. */
export function Undo({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useTranslation("trail");
  const labelOf = useKeyLabel();
  const undo = useUndo();
  const confirm = async (reason: string) => {
    await undo.mutateAsync({ row: entry.head, reason });
    tell(t("undo.done"));
    onClose();
  };
  return (
    <ReasonModal
      opened
      title={t("undo.title")}
      action={t("undo.do")}
      busy={undo.isPending}
      error={undo.error}
      onConfirm={(reason) => void confirm(reason).catch(() => undefined)}
      onClose={onClose}
    >
      {t("undo.text")}
      <ul>
        {entry.changes.map((row) => (
          <li key={row.field}>
            {t("undo.change", {
              field: labelOf(row),
              after: row.after ?? t("entry.empty"),
              before: row.before ?? t("entry.empty"),
            })}
          </li>
        ))}
      </ul>
    </ReasonModal>
  );
}
