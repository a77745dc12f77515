import { Alert, Button, Group, Text } from "@mantine/core";
import { IconArchive, IconArrowMerge, IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Asset } from "../../api";
import { AssetLink } from "../../record";
import { useFormats } from "../../shared";
import { StruckBanner } from "./StruckBanner";

interface Props {
  asset: Asset;
  asOf: string;
  onNow: () => void;
}

/** Banners say why an asset is not edited here: it is shown as it stood, struck, merged into another, or retired. */
export function Banners({ asset, asOf, onNow }: Props) {
  const { t } = useTranslation("asset");
  const { moment } = useFormats();
  return (
    <>
      {asOf && (
        <Alert color="blue" p="xs" icon={<IconHistory aria-hidden />}>
          <Group justify="space-between">
            <Text size="sm">{t("asOf.banner", { time: moment(asOf) })}</Text>
            <Button size="compact-sm" variant="default" className="no-print" onClick={onNow}>
              {t("asOf.now")}
            </Button>
          </Group>
        </Alert>
      )}
      {asset.void && <StruckBanner asset={asset} asOf={asOf} />}
      {asset.merged_into && (
        <Alert color="blue" p="xs" icon={<IconArrowMerge aria-hidden />}>
          {t("banner.merged")} <AssetLink asset={{ id: asset.merged_into, tag: t("banner.survivor") }} />
        </Alert>
      )}
      {asset.lifecycle === "retired" && !asset.void && (
        <Alert color="gray" p="xs" icon={<IconArchive aria-hidden />}>
          {t("banner.retired")}
        </Alert>
      )}
    </>
  );
}
