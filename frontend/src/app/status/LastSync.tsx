import { useNetwork } from "@mantine/hooks";
import { IconCloudOff, IconRefresh, IconRefreshOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../api";
import { useFormats, useNow } from "../../shared";
import { Item } from "./Item";

/** LastSync says when this laptop last exchanged entries, and whether it has a network at all. */
export function LastSync() {
  const { t } = useTranslation("app");
  const format = useFormats();
  const now = useNow();
  const { online } = useNetwork();
  const { data } = useStatus();
  if (!data) return null;
  const at = data.last_sync;
  const when = at ? t("sync.last", { ago: format.ago(at, now) }) : data.remotes.length > 0 ? t("sync.never") : t("sync.none");
  return (
    <Item
      icon={online ? (at ? IconRefresh : IconRefreshOff) : IconCloudOff}
      label={online ? when : t("sync.offline", { when })}
      more={at ? t("sync.at", { at: format.instant(at), utc: format.utc(at) }) : t("sync.noneMore")}
      to="sync"
    />
  );
}
