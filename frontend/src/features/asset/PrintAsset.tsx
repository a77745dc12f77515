import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Asset } from "../../api";
import { Paper } from "../../shared";
import { AssetNotes } from "./AssetNotes";
import { Banners } from "./Banners";
import { Units } from "./Units";
import styles from "./asset.module.css";
import { Facts } from "./facts/Facts";
import { History } from "./history/History";
import { Interfaces } from "./interfaces/Interfaces";

/** PrintAsset is an asset as it is printed, below its heading: all of it, one under the other, without anything to press. */
export function PrintAsset({ asset, asOf }: { asset: Asset; asOf: string }) {
  const { t } = useTranslation("asset");
  const ignore = () => undefined;
  return (
    <Paper>
      <Banners asset={asset} asOf={asOf} onNow={ignore} />
      <Facts asset={asset} editing={null} decides={false} field="" />
      <Part title={t("tabs.units")}>
        <Units units={asset.units} />
      </Part>
      <Part title={t("tabs.interfaces")}>
        <Interfaces asset={asset} editing={null} decides={false} />
      </Part>
      {asset.notes.length > 0 && (
        <Part title={t("tabs.notes")}>
          <AssetNotes asset={asset} writable={false} />
        </Part>
      )}
      <Part title={t("tabs.history")}>
        <History asset={asset} writable={false} onAsOf={ignore} />
      </Part>
    </Paper>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <Title order={2} size="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
