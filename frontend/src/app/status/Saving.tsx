import { IconAlertTriangle, IconCheck, IconChecks, IconCloudUp, IconPencil, IconPencilUp, type Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../api";
import { useFormats, useWriting } from "../../shared";
import { Item } from "./Item";

type Step = "saving" | "failed" | "saved" | "sent" | "received" | "none";

const marks: Record<Step, Icon> = {
  saving: IconPencilUp,
  failed: IconAlertTriangle,
  saved: IconCheck,
  sent: IconCloudUp,
  received: IconChecks,
  none: IconPencil,
};

/** Saving says what became of the last edit: saving, saved here, sent to a remote, received by a service. */
export function Saving() {
  const { t } = useTranslation("app");
  const { moment } = useFormats();
  const { data } = useStatus();
  const writing = useWriting();
  const saved = data?.saved ?? null;
  const step: Step = writing === "saving" || writing === "failed" ? writing : (saved?.state ?? "none");
  const tone = step === "failed" ? "warn" : step === "saving" ? "busy" : "calm";
  const at = saved?.at ? moment(saved.at) : t("saving.unknown");
  return (
    <span role="status">
      <Item icon={marks[step]} label={t(`saving.${step}`)} more={t(`saving.${step}More`, { at })} to="trail" tone={tone} />
    </span>
  );
}
