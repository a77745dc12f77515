import { Badge, Text } from "@mantine/core";
import { IconChecks, IconCircleOff, IconFilterOff } from "@tabler/icons-react";
import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDefinitions } from "../../record";
import { Empty, Failure, Loading, Page, useAddress, usePinned } from "../../shared";
import { useConflicts } from "./api/conflicts";
import { useFindings } from "./api/findings";
import { Detail } from "./Detail";
import { Filters } from "./Filters";
import classes from "./Findings.module.css";
import { filtered, itemsOf, type Item } from "./items";
import { List } from "./List";

/** Findings lists everything a person must decide or has settled, and shows one of them with all that is needed to decide it. */
export function Findings() {
  const { t } = useTranslation("findings");
  const [address, change] = useAddress("findings");
  const settled = address.settled ?? false;
  const [search, setSearch] = useState("");
  const conflicts = useConflicts();
  const kind = address.kind ?? null;
  const findings = useFindings(settled, kind);
  const { findings: kinds } = useDefinitions();
  const counts = findings.data?.kinds ?? [];
  const total = counts.reduce((sum, each) => sum + each.count, 0);
  const items = itemsOf(conflicts.data ?? [], findings.data?.items ?? [], kinds.map((each) => each.kind));
  const listed = filtered(items, { kind, search: "", settled });
  const shown = filtered(listed, { kind, search, settled });
  const known = conflicts.isSuccess && findings.isSuccess && !findings.isPlaceholderData;
  const pinned = usePinned(JSON.stringify([settled, kind, search]), known ? shown[0]?.id : undefined);
  const error = conflicts.error ?? findings.error;
  if (error) return <Failure error={error} retry={() => void Promise.all([conflicts.refetch(), findings.refetch()])} />;
  const all = kind === null ? total : (counts.find((each) => each.kind === kind)?.count ?? 0);
  const reset = () => {
    setSearch("");
    change({ kind: undefined, finding: undefined });
  };
  return (
    <Page title={t("title")} fill beside={<Badge variant="light">{t(settled ? "countSettled" : "count", { count: total })}</Badge>}>
      <Filters
        kinds={counts}
        kind={kind}
        search={search}
        settled={settled}
        onKind={(next) => change({ kind: next ?? undefined, finding: undefined })}
        onSearch={(words) => {
          setSearch(words);
          change({ finding: undefined });
        }}
        onSettled={(next) => change({ settled: next || undefined, kind: undefined, finding: undefined })}
      />
      {all > listed.length && listed.length > 0 && (
        <Text size="sm" mb="xs" role="status">
          {t("some", { count: listed.length, all })}
        </Text>
      )}
      {conflicts.isPending || findings.isPending ? (
        <Loading />
      ) : total === 0 ? (
        <Empty icon={IconChecks} title={t(settled ? "empty.settled" : "empty.open")}>
          {t(settled ? "empty.settledHint" : "empty.openHint")}
        </Empty>
      ) : shown.length === 0 ? (
        <Empty icon={IconFilterOff} title={t("empty.filtered")} action={<Button onClick={reset}>{t("empty.reset")}</Button>} />
      ) : (
        <Split items={shown} wanted={address.finding ?? pinned} onChoose={(finding) => change({ finding })} />
      )}
    </Page>
  );
}

interface Props {
  items: readonly Item[];
  wanted: string;
  onChoose: (id: string | undefined) => void;
}

/** Split shows the list beside the chosen one; when a person has decided that, the next follows. One that went otherwise is said to be gone. */
function Split({ items, wanted, onChoose }: Props) {
  const { t } = useTranslation("findings");
  const list = useRef<HTMLDivElement>(null);
  const at = wanted ? items.findIndex((item) => item.id.startsWith(wanted)) : -1;
  const item = items[at];
  const done = () => {
    onChoose((items[at + 1] ?? items[at - 1])?.id);
    list.current?.focus();
  };
  return (
    <div className={classes.split}>
      <List items={items} at={at} onChoose={(next) => onChoose(items[next]?.id)} ref={list} />
      <section className={classes.detail} aria-label={t("detail")}>
        {item ? (
          <Detail key={item.id} item={item} onDone={done} />
        ) : (
          <Empty icon={IconCircleOff} title={t("gone.title")}>
            {t("gone.help")}
          </Empty>
        )}
      </section>
    </div>
  );
}
