import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { stateQuery } from "../api";
import { useFormats } from "./formats";
import { useNow } from "./now";

/** PrintHead says on paper which record a page is from, and who printed it when. */
export function PrintHead() {
  const { t } = useTranslation();
  const { utc } = useFormats();
  const now = useNow();
  const { data: state } = useQuery({ ...stateQuery, enabled: false });
  if (!state?.workspace || !state.me) return null;
  const at = utc(new Date(now).toISOString());
  return <p className="print-only">{t("printed", { workspace: state.workspace.name, at, member: state.me.member })}</p>;
}
