import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset } from "../../../api";
import { AssetPicker, ReasonModal } from "../../../record";
import { tell, useGo } from "../../../shared";
import { useMerge } from "../api/life";

/** MergeModal says of which other asset this one is a double. */
export function MergeModal({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const { t } = useTranslation("asset");
  const [into, setInto] = useState("");
  const [missing, setMissing] = useState(false);
  const merge = useMerge(asset.id);
  const go = useGo();
  const confirm = (reason: string) => {
    setMissing(into === "");
    if (into === "") return;
    merge.mutate(
      { into, reason },
      {
        onSuccess: () => {
          onClose();
          tell(t("life.merge.done", { tag: asset.tag }));
          go("asset", { ref: into });
        },
      },
    );
  };
  return (
    <ReasonModal
      opened
      title={t("life.merge.title", { tag: asset.tag })}
      action={t("life.merge.item")}
      busy={merge.isPending}
      error={merge.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t("life.merge.help", { tag: asset.tag })}</p>
      <AssetPicker
        label={t("life.merge.into")}
        description={t("life.merge.intoHelp")}
        value={into}
        onChange={setInto}
        except={asset.id}
        error={missing && into === "" ? t("life.merge.missing") : undefined}
        required
        data-autofocus
      />
    </ReasonModal>
  );
}
