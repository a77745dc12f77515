import { Badge } from "@mantine/core";
import { IconAlertTriangle, IconArchive, IconArrowsSplit2, IconBan } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Asset } from "../../api";

/** Marks says at the title what a person must know before reading on. */
export function Marks({ asset }: { asset: Asset }) {
  const { t } = useTranslation("asset");
  return (
    <>
      {asset.void && (
        <Badge color="red" variant="light" leftSection={<IconBan size={12} aria-hidden />}>
          {t("mark.void")}
        </Badge>
      )}
      {asset.lifecycle === "retired" && (
        <Badge variant="default" leftSection={<IconArchive size={12} aria-hidden />}>
          {t("mark.retired")}
        </Badge>
      )}
      {asset.conflicts.length > 0 && (
        <Badge color="orange" variant="light" leftSection={<IconArrowsSplit2 size={12} aria-hidden />}>
          {t("mark.concurrent", { count: asset.conflicts.length })}
        </Badge>
      )}
      {asset.unverified && (
        <Badge color="yellow" variant="light" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
          {t("mark.unverified")}
        </Badge>
      )}
    </>
  );
}
