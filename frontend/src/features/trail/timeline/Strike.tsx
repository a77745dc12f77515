import { useTranslation } from "react-i18next";
import { ReasonModal } from "../../../record";
import { tell } from "../../../shared";
import { useStrike, type Target } from "../api/strike";

interface Props {
  target: Target;
  name: string | null;
  onClose: () => void;
}

/** Strike takes what was entered by mistake out of all lists; the trail keeps it, with the reason. */
export function Strike({ target, name, onClose }: Props) {
  const { t } = useTranslation("trail");
  const strike = useStrike();
  const confirm = async (reason: string) => {
    await strike.mutateAsync({ target, reason });
    tell(t("strike.done"));
    onClose();
  };
  return (
    <ReasonModal
      opened
      danger
      title={target.kind === "asset" ? t("strike.assetTitle", { name: name ?? target.ref }) : t("strike.noteTitle")}
      action={t("strike.do")}
      busy={strike.isPending}
      error={strike.error}
      onConfirm={(reason) => void confirm(reason).catch(() => undefined)}
      onClose={onClose}
    >
      {t("strike.text")}
    </ReasonModal>
  );
}
