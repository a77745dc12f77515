import { useTranslation } from "react-i18next";
import type { RemoteSynced } from "../../../api";

/** useSentences puts what a sync did into words: what went where first, then what a person should know besides. */
export function useSentences(synced: RemoteSynced): { first: string; more: string[] } {
  const { t } = useTranslation("sync");
  const { sent, received, waiting, unverified, pack, service } = synced;
  const moved = { sent: t("result.sent", { count: sent }), received: t("result.received", { count: received }) };
  const first = sent + received === 0 ? t("result.nothing") : t("result.both", moved);
  const more = [
    waiting > 0 && t("result.waiting", { count: waiting }),
    pack && pack.refused === null && t("result.pack", { count: pack.documents }),
    pack?.refused && t("result.packRefused", { why: pack.refused }),
    unverified > 0 && t("result.unverified", { count: unverified }),
    service && service.failed.length > 0 && t("result.failed", { count: service.failed.length }),
    service && service.unopened > 0 && t("result.unopened", { count: service.unopened }),
  ];
  return { first, more: more.filter((sentence) => typeof sentence === "string") };
}
