import { useTranslation } from "react-i18next";
import type { Asset, Interface } from "../../../api";
import { ReasonModal } from "../../../record";
import { tell } from "../../../shared";
import { useEdit } from "../api/edit";

interface Props {
  part: Interface;
  name: string;
  asset: Asset;
  onClose: () => void;
}

/** RemoveModal says that an interface is no more, or that a removed one is back, and asks why. */
export function RemoveModal({ part, name, asset, onClose }: Props) {
  const { t } = useTranslation("asset");
  const edit = useEdit(asset.id);
  const turn = part.removed ? "restore" : "remove";
  const confirm = (reason: string) =>
    edit.mutate(
      { fields: { [part.removal]: part.removed ? "no" : "yes" }, reason },
      {
        onSuccess: () => {
          onClose();
          tell(t(`interfaces.${turn}.done`, { name }));
        },
      },
    );
  return (
    <ReasonModal
      opened
      title={t(`interfaces.${turn}.title`, { name, tag: asset.tag })}
      action={t(`interfaces.${turn}.item`)}
      danger={!part.removed}
      busy={edit.isPending}
      error={edit.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t(`interfaces.${turn}.help`)}
    </ReasonModal>
  );
}
