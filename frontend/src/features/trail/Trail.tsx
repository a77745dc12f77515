import { Button, Tabs } from "@mantine/core";
import { IconHistory, IconListDetails, IconPrinter, IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Failure, Page, useAddress, type Search } from "../../shared";
import { AsOf } from "./asof/AsOf";
import { ExportMenu } from "./export/ExportMenu";
import { filterNames, filterOf, type Filter } from "./filter/filter";
import { PrintTrail } from "./paper/PrintTrail";
import { usePrint } from "./paper/usePrint";
import { Timeline } from "./timeline/Timeline";
import classes from "./Trail.module.css";
import { Verify } from "./verify/Verify";

type View = "timeline" | "asof" | "verify";

/** Trail answers the auditor's questions: who did what when and why, how the plant stood, and whether all of that holds. */
export function Trail() {
  const { t } = useTranslation("trail");
  const [address, change] = useAddress("trail");
  const filter = useMemo(() => filterOf(address), [address]);
  const { paper, print } = usePrint(filter);
  const view: View = address.verify ? "verify" : address.as_of === undefined ? "timeline" : "asof";
  const onFilter = (next: Filter) => change(Object.fromEntries(filterNames.map((name) => [name, next[name]])));
  const show = (next: string | null) => change(addressOf(next as View));
  return (
    <Page title={t("title")} fill actions={view === "timeline" && <Outward filter={filter} print={print} />}>
      <Tabs value={view} onChange={show} keepMounted={false} classNames={{ root: classes.tabs ?? "", panel: classes.panel ?? "", list: "no-print" }}>
        <Tabs.List mb="xs">
          <Tabs.Tab value="timeline" leftSection={<IconListDetails size={16} />}>
            {t("views.timeline")}
          </Tabs.Tab>
          <Tabs.Tab value="asof" leftSection={<IconHistory size={16} />}>
            {t("views.asof")}
          </Tabs.Tab>
          <Tabs.Tab value="verify" leftSection={<IconShieldCheck size={16} />}>
            {t("views.verify")}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="timeline" className="no-print">
          <Timeline filter={filter} onFilter={onFilter} />
        </Tabs.Panel>
        <Tabs.Panel value="asof">
          <AsOf at={address.as_of ?? ""} onAt={(at) => change({ as_of: at })} />
        </Tabs.Panel>
        <Tabs.Panel value="verify" style={{ overflowY: "auto" }}>
          <Verify />
        </Tabs.Panel>
      </Tabs>
      {paper && view === "timeline" && <PrintTrail paper={paper} filter={filter} />}
    </Page>
  );
}

/** addressOf keeps the filter when the view changes, so that coming back shows the same entries. */
function addressOf(view: View): Partial<Search["trail"]> {
  return { verify: view === "verify" || undefined, as_of: view === "asof" ? new Date().toISOString() : undefined };
}

interface Props {
  filter: Filter;
  print: () => Promise<void>;
}

/** Outward takes the filtered trail out of the program, to a file or to paper. */
function Outward({ filter, print }: Props) {
  const { t } = useTranslation("common");
  const printing = useMutation({ mutationFn: print });
  return (
    <>
      {printing.error && <Failure error={printing.error} />}
      <Button size="xs" variant="default" leftSection={<IconPrinter size={14} />} loading={printing.isPending} onClick={() => printing.mutate()}>
        {t("actions.print")}
      </Button>
      <ExportMenu filter={filter} />
    </>
  );
}
