import { useTranslation } from "react-i18next";
import type { Asset } from "../../../api";
import { ReasonModal } from "../../../record";
import { tell } from "../../../shared";
import { useStep, type Step } from "../api/life";

interface Props {
  asset: Asset;
  step: Step;
  onClose: () => void;
}

/** StepModal says what retiring, reinstating or striking means, and asks why. */
export function StepModal({ asset, step, onClose }: Props) {
  const { t } = useTranslation("asset");
  const take = useStep(asset.id);
  const confirm = (reason: string) =>
    take.mutate(
      { step, reason },
      {
        onSuccess: () => {
          onClose();
          tell(t(`life.${step}.done`, { tag: asset.tag }));
        },
      },
    );
  return (
    <ReasonModal
      opened
      title={t(`life.${step}.title`, { tag: asset.tag })}
      action={t(`life.${step}.item`)}
      danger={step === "void"}
      busy={take.isPending}
      error={take.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t(`life.${step}.help`)}
    </ReasonModal>
  );
}
