import { useTranslation } from "react-i18next";
import type { Asset } from "../../../api";
import { useDefinitions } from "../../../record";
import { tell } from "../../../shared";
import { FieldsModal } from "../FieldsModal";
import { useSwap } from "../api/life";

/** inherited are fields that a like-for-like swap leaves alone; empty they are taken over from the old unit. */
const inherited = new Set(["vendor", "model", "order_no", "end_of_support"]);

/** SwapModal says what was put into a position in place of the unit that was there: one entry, not many edits. */
export function SwapModal({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const { t } = useTranslation("asset");
  const { entities } = useDefinitions();
  const swap = useSwap(asset.id);
  // The hardware address goes with the hardware; all else of an interface belongs to the position.
  const asked = entities.asset.filter(({ scope, type }) => scope === "unit" || type === "mac");
  const fields = asked.map((field) => {
    const old = inherited.has(field.name) ? asset.fields[field.name] : "";
    return { ...field, required: false, help: old ? t("life.swap.inherited", { value: old }) : field.help };
  });
  return (
    <FieldsModal
      title={t("life.swap.title", { tag: asset.tag })}
      help={t("life.swap.help")}
      draftKey={`asset/${asset.id}/swap`}
      fields={fields}
      focus="serial"
      action={t("life.swap.item")}
      write={swap}
      onDone={() => {
        tell(t("life.swap.done", { tag: asset.tag }));
      }}
      onClose={onClose}
    />
  );
}
