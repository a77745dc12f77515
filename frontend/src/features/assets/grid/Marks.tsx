import { IconAlertTriangle, IconArrowMerge, IconArrowsSplit2, IconBan } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { AssetRow } from "../../../api";
import styles from "./grid.module.css";

const size = 14;

/** isMarked says whether there is anything to know. */
export const isMarked = (item: AssetRow): boolean => item.concurrent.length > 0 || item.unverified || Boolean(item.void) || Boolean(item.merged_into);

/** Marks says what a person must know of a row beside its values, each by a sign and a word. */
export function Marks({ item }: { item: AssetRow }) {
  const { t } = useTranslation("assets");
  return (
    <>
      {item.concurrent.length > 0 && (
        <span className={styles.mark}>
          <IconArrowsSplit2 size={size} aria-hidden /> {t("mark.concurrent")}
        </span>
      )}
      {item.unverified && (
        <span className={styles.mark}>
          <IconAlertTriangle size={size} aria-hidden /> {t("mark.unverified")}
        </span>
      )}
      {item.void && (
        <span className={styles.mark}>
          <IconBan size={size} aria-hidden /> {t("mark.void")}
        </span>
      )}
      {item.merged_into && (
        <span className={styles.mark}>
          <IconArrowMerge size={size} aria-hidden /> {t("mark.merged")}
        </span>
      )}
    </>
  );
}
