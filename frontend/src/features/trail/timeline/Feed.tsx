import { Button, Group, Loader, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type FocusEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../../../shared";
import type { Filter } from "../filter/filter";
import { Article } from "./Article";
import classes from "./Feed.module.css";
import type { Batch } from "./group";
import { itemsOf } from "./items";

interface Props {
  batches: readonly Batch[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  more: boolean;
  loading: boolean;
  onMore: () => void;
}

/** near is how many lines before the loaded end the next page is asked for. */
const near = 15;

/** Feed lays out the lines that are in sight. Arrows and Page keys lead from entry to entry, as in any feed. */
export function Feed({ batches, filter, onFilter, more, loading, onMore }: Props) {
  const { t } = useTranslation("trail");
  const { times } = useAppearance().appearance;
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const wanted = useRef(false);
  const items = useMemo(() => itemsOf(batches, times), [batches, times]);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here, and its answers are read in this drawing only
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => 62,
    overscan: 8,
    getItemKey: (index) => items[index]?.id ?? index,
  });
  const lines = virtual.getVirtualItems();
  const end = lines.at(-1)?.index ?? 0;
  const wants = more && !loading && end >= items.length - near;
  useEffect(() => {
    if (wants) onMore();
  }, [wants, onMore]);
  useEffect(() => {
    const line = wanted.current ? box.current?.querySelector<HTMLElement>(`[data-index="${at}"]`) : null;
    if (!line) return;
    wanted.current = false;
    line.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys inside of an entry, as in its menu, are not the feed's.
    const next = (event.target as HTMLElement).tagName === "ARTICLE" ? moved(event.key, at, items.length) : null;
    if (next === null) return;
    event.preventDefault();
    wanted.current = true;
    setAt(next);
    virtual.scrollToIndex(next);
  };
  const onFocus = (event: FocusEvent) => {
    const index = event.target.closest<HTMLElement>("[data-index]")?.dataset.index;
    if (index !== undefined) setAt(Number(index));
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a feed hears the keys of its articles, by the pattern of WAI-ARIA
    <div ref={box} className={classes.feed} role="feed" aria-label={t("timeline.label")} aria-busy={loading} onKeyDown={onKeyDown} onFocus={onFocus}>
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {lines.map(({ index, key, start }) => {
          const item = items[index];
          return (
            item && (
              <Article
                key={key}
                ref={virtual.measureElement}
                item={item}
                index={index}
                count={more ? -1 : items.length}
                start={start}
                reached={index === Math.min(at, items.length - 1)}
                filter={filter}
                onFilter={onFilter}
              />
            )
          );
        })}
      </div>
      {loading && (
        <Group gap="xs" p="sm">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t("timeline.loading")}</Text>
        </Group>
      )}
      {!loading && more && (
        <Group gap="xs" p="sm">
          <Button size="xs" variant="default" onClick={onMore}>
            {t("timeline.more")}
          </Button>
        </Group>
      )}
      {!more && (
        <Text size="xs" c="dimmed" p="sm">
          {t("timeline.end")}
        </Text>
      )}
    </div>
  );
}

function moved(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
    case "PageDown":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
    case "PageUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
