import { Badge, Button, Tabs, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useProgramState, type Asset } from "../../api";
import { useDefinitions, useShow } from "../../record";
import { Page, useAddress, usePaper } from "../../shared";
import { AsOf } from "./AsOf";
import { Banners } from "./Banners";
import { Marks } from "./Marks";
import { Panels } from "./Panels";
import { PrintAsset } from "./PrintAsset";
import styles from "./asset.module.css";
import { useHistory } from "./api/history";
import { LifeMenu } from "./life/LifeMenu";

const tabs = ["facts", "units", "interfaces", "notes", "history"] as const;
type Tab = (typeof tabs)[number];

interface Props {
  asset: Asset;
  asOf: string;
}

/** AssetPage is everything about one position: what is known of it, the hardware in it, its network, notes and history. */
export function AssetPage({ asset, asOf }: Props) {
  const { t } = useTranslation("asset");
  const { t: common } = useTranslation();
  const [address, change] = useAddress("asset");
  const tab = tabs.find((each) => each === address.tab) ?? "facts";
  const { fieldOf } = useDefinitions();
  const show = useShow();
  const role = useProgramState().me?.role ?? "";
  const printing = usePrint(asset.id);
  const alive = !asOf && !asset.void && !asset.merged_into;
  const writes = alive && ["owner", "engineer"].includes(role);
  const goTo = (at: string) => change({ as_of: at || undefined });
  const plugged = asset.interfaces.filter(({ removed }) => !removed);
  const counts: Record<Tab, number> = { facts: 0, units: asset.units.length, interfaces: plugged.length, notes: asset.notes.length, history: 0 };
  return (
    <Page
      title={asset.tag}
      beside={
        <>
          <Text size="sm" c="dimmed">
            {[asset.site, show(fieldOf("role"), asset.fields["role"] ?? ""), asset.fields["name"]].filter(Boolean).join(" · ")}
          </Text>
          {asset.lifecycle !== "retired" && <Badge variant="default">{show(fieldOf("lifecycle"), asset.lifecycle)}</Badge>}
          <Marks asset={asset} />
        </>
      }
      actions={
        <>
          <AsOf value={asOf} onChange={goTo} />
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => void printing.print()}>
            {common("actions.print")}
          </Button>
          {writes && <LifeMenu asset={asset} />}
        </>
      }
    >
      {printing.paper && <PrintAsset asset={asset} asOf={asOf} />}
      <Tabs
        className={`${styles.page ?? ""} no-print`}
        value={tab}
        onChange={(to) => change({ tab: to === "facts" || !to ? undefined : to })}
        keepMounted={false}
      >
        <Banners asset={asset} asOf={asOf} onNow={() => goTo("")} />
        <Tabs.List aria-label={t("tabs.label")}>
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each} rightSection={counts[each] > 0 ? <Text size="xs">{counts[each]}</Text> : undefined}>
              {t(`tabs.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Panels tab={tab} asset={asset} alive={alive} writes={writes} onAsOf={goTo} />
      </Tabs>
    </Page>
  );
}

/** mostPages is how much of the history goes to paper. */
const mostPages = 10;

/** usePrint has the history gathered before an asset goes to paper. */
function usePrint(id: string) {
  const history = useHistory(id);
  const gather = async () => {
    let last = history;
    for (let page = 1; page < mostPages && last.hasNextPage; page++) last = await last.fetchNextPage();
    return true;
  };
  return usePaper(() => true, gather);
}
