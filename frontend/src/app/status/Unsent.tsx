import { IconMailUp, IconMailCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../api";
import { Item } from "./Item";

/** Unsent counts the entries that only this laptop has. */
export function Unsent() {
  const { t } = useTranslation("app");
  const { data } = useStatus();
  if (!data) return null;
  const count = data.unsent;
  return (
    <Item
      icon={count > 0 ? IconMailUp : IconMailCheck}
      label={count > 0 ? t("unsent.count", { count }) : t("unsent.none")}
      more={count > 0 ? t("unsent.more") : t("unsent.noneMore")}
      to="sync"
      tone={count > 0 ? "busy" : "calm"}
    />
  );
}
