import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { routes } from "../shared";

interface Props {
  asset: { id: string; tag: string | null };
}

/** AssetLink names an asset by its tag and leads to it. */
export function AssetLink({ asset }: Props) {
  const { t } = useTranslation("record");
  return (
    <Anchor className="mono" inherit renderRoot={(props) => <Link {...props} to={routes.asset} params={{ ref: asset.id }} />}>
      {asset.tag ?? t("asset.unnamed")}
    </Anchor>
  );
}
