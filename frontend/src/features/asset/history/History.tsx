import { Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset, TrailRow } from "../../../api";
import { EntryChange, useEventName } from "../../../record";
import { Answer, Empty, Time } from "../../../shared";
import { useHistory } from "../api/history";
import { entriesOf, type Entry } from "./entries";
import { UndoModal } from "./UndoModal";
import styles from "./history.module.css";

interface Props {
  asset: Asset;
  writable: boolean;
  onAsOf: (at: string) => void;
}

/** History is the trail of one asset: each entry with what it changed, who made it on which device, when and why. */
export function History({ asset, writable, onAsOf }: Props) {
  const { t } = useTranslation("asset");
  const history = useHistory(asset.id);
  const [undoing, setUndoing] = useState<TrailRow | null>(null);
  return (
    <Answer query={history}>
      {({ pages }) => {
        const entries = entriesOf(pages.flatMap(({ items }) => items));
        if (entries.length === 0) return <Empty icon={IconHistory} title={t("history.none")} />;
        return (
          <Stack>
            <ol className={styles.entries} aria-label={t("history.label")}>
              {entries.map((entry) => (
                <EntryItem key={entry.head.hash} entry={entry} onUndo={writable ? setUndoing : undefined} onAsOf={onAsOf} />
              ))}
            </ol>
            {history.hasNextPage && (
              <Group className="no-print">
                <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                  {t("history.older")}
                </Button>
              </Group>
            )}
            {undoing && <UndoModal row={undoing} onClose={() => setUndoing(null)} />}
          </Stack>
        );
      }}
    </Answer>
  );
}

/** few is how many changes of one entry are told before a person asks for the rest; an import sets dozens. */
const few = 6;

function Changes({ rows }: { rows: TrailRow[] }) {
  const { t } = useTranslation("asset");
  const [all, setAll] = useState(rows.length <= few + 1);
  return (
    <>
      {rows.map((row, at) => (
        <div key={row.field} className={all || at < few ? undefined : styles.folded}>
          <EntryChange row={row} />
        </div>
      ))}
      {!all && (
        <Button size="compact-xs" variant="subtle" className="no-print" onClick={() => setAll(true)}>
          {t("history.all", { count: rows.length })}
        </Button>
      )}
    </>
  );
}

interface ItemProps {
  entry: Entry;
  onUndo: ((row: TrailRow) => void) | undefined;
  onAsOf: (at: string) => void;
}

function EntryItem({ entry: { head, changes }, onUndo, onAsOf }: ItemProps) {
  const { t } = useTranslation("asset");
  const nameOf = useEventName();
  const at = head.recorded_at;
  return (
    <li className={styles.entry}>
      <div className={styles.what}>
        <Text size="sm" fw={600}>
          {nameOf(head.type)}
        </Text>
        <Changes rows={changes} />
        {head.reason && (
          <Text size="sm" c="dimmed">
            {t("history.why", { reason: head.reason })}
          </Text>
        )}
      </div>
      <div className={styles.who}>
        <Text size="xs">{head.member}</Text>
        <Text size="xs" c="dimmed">
          {t("history.device", { device: head.device.slice(0, 8) })}
          {head.source !== "manual" && ` · ${head.source_name ?? t(`history.source.${head.source}`)}`}
        </Text>
        {at && (
          <Text size="xs" c="dimmed">
            <Time at={at} as="instant" />
          </Text>
        )}
        {head.state !== "accepted" && (
          <Text size="xs" fw={600}>
            {t(`history.state.${head.state}`)}
          </Text>
        )}
        <Group gap={4} className="no-print">
          {at && (
            <Button size="compact-xs" variant="subtle" leftSection={<IconHistory size={12} aria-hidden />} onClick={() => onAsOf(at)}>
              {t("history.asOf")}
            </Button>
          )}
          {onUndo && head.undoable && (
            <Button size="compact-xs" variant="subtle" leftSection={<IconArrowBackUp size={12} aria-hidden />} onClick={() => onUndo(head)}>
              {t("history.undo")}
            </Button>
          )}
        </Group>
      </div>
    </li>
  );
}
