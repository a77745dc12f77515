import { useTranslation } from "react-i18next";
import type { Note } from "../../api";
import { ReasonModal } from "../../record";
import { tell } from "../../shared";
import { useVoid } from "./api/write";

/** VoidNote strikes a note that should never have been written. */
export function VoidNote({ note, onClose }: { note: Note; onClose: () => void }) {
  const { t } = useTranslation("notes");
  const strike = useVoid(note.id);
  const confirm = (reason: string) =>
    strike.mutate(
      { reason },
      {
        onSuccess: () => {
          onClose();
          tell(t("void.done"));
        },
      },
    );
  return (
    <ReasonModal opened danger title={t("void.title")} action={t("void.open")} busy={strike.isPending} error={strike.error} onConfirm={confirm} onClose={onClose}>
      {t("void.help")}
    </ReasonModal>
  );
}
