import { useTranslation } from "react-i18next";
import type { Asset } from "../../../api";
import { useDefinitions } from "../../../record";
import { tell } from "../../../shared";
import { FieldsModal } from "../FieldsModal";
import { useAddInterface } from "../api/interface";

/** AddInterface registers a further interface of a position. Its place is behind the others, so that is not asked. */
export function AddInterface({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const { t } = useTranslation("asset");
  const { entities } = useDefinitions();
  const add = useAddInterface(asset.id);
  const fields = entities.asset
    .filter(({ scope, name }) => scope === "interface" && name !== "interface_order")
    .map((field) => ({ ...field, required: field.name === "interface_name" }));
  return (
    <FieldsModal
      title={t("interfaces.addTitle", { tag: asset.tag })}
      help={t("interfaces.addHelp")}
      draftKey={`asset/${asset.id}/interface`}
      fields={fields}
      focus="interface_name"
      action={t("interfaces.add")}
      write={add}
      onDone={() => {
        tell(t("interfaces.added"));
      }}
      onClose={onClose}
    />
  );
}
