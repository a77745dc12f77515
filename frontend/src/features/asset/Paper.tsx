import { Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Asset } from "../../api";
import { Page, useFormats } from "../../shared";
import { AssetNotes } from "./AssetNotes";
import { Banners } from "./Banners";
import { Marks } from "./Marks";
import { Units } from "./Units";
import { Facts } from "./facts/Facts";
import { History } from "./history/History";
import { Interfaces } from "./interfaces/Interfaces";

/** Paper is an asset as it is printed: all of it, one under the other, without anything to press. */
export function Paper({ asset, asOf }: { asset: Asset; asOf: string }) {
  const { t } = useTranslation("asset");
  const { utc } = useFormats();
  const ignore = () => undefined;
  return (
    <Page title={`${asset.site} / ${asset.tag}`} beside={<Marks asset={asset} />}>
      <p>{t("print.head", { time: utc(new Date().toISOString()) })}</p>
      <Banners asset={asset} asOf={asOf} onNow={ignore} />
      <Facts asset={asset} editing={null} decides={false} field="" />
      <Title order={2} size="sm">
        {t("tabs.units")}
      </Title>
      <Units units={asset.units} />
      <Title order={2} size="sm">
        {t("tabs.interfaces")}
      </Title>
      <Interfaces asset={asset} editing={null} decides={false} />
      <Title order={2} size="sm">
        {t("tabs.notes")}
      </Title>
      <AssetNotes asset={asset} writable={false} />
      <Title order={2} size="sm">
        {t("tabs.history")}
      </Title>
      <History asset={asset} writable={false} onAsOf={ignore} />
    </Page>
  );
}
