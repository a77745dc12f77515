import { Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useImperativeHandle, useRef, type KeyboardEvent, type MouseEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { useDefinitions, useFindingName } from "../../record";
import { useFormats } from "../../shared";
import classes from "./Findings.module.css";
import { detailOf, titleOf, type Item } from "./items";
import { moved, rowsOf } from "./rows";

interface Props {
  items: readonly Item[];
  at: number; // -1 is none
  onChoose: (at: number) => void;
  ref: Ref<HTMLDivElement>;
}

/** List is one stop of the Tab key; the arrows move the choice, and what is chosen is shown beside it. */
export function List({ items, at, onChoose, ref }: Props) {
  const { t } = useTranslation("findings");
  const nameOf = useFindingName();
  const { number } = useFormats();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => box.current);
  const rows = rowsOf(items);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here, and its answers are read in this drawing only
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (rows[index] && "heading" in rows[index] ? 30 : 50),
    overscan: 10,
  });
  const chosen = rows.findIndex((row) => "item" in row && row.at === at);
  useEffect(() => virtual.scrollToIndex(chosen), [virtual, chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(event.key, at, items.length);
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
  };
  const onClick = (event: MouseEvent) => {
    const place = (event.target as HTMLElement).closest<HTMLElement>("[data-at]")?.dataset.at;
    if (place !== undefined) onChoose(Number(place));
  };
  return (
    <div
      ref={box}
      className={classes.list}
      role="listbox"
      tabIndex={0}
      aria-label={t("list")}
      aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className={classes.rows} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          const place = { className: classes.row, style: { transform: `translateY(${start}px)` } };
          return "heading" in row ? (
            <div key={key} {...place} role="presentation">
              <div className={classes.heading} aria-hidden>
                {nameOf(row.heading)} ({number(row.count)})
              </div>
            </div>
          ) : (
            <div key={key} {...place} id={`${id}-${row.at}`} data-at={row.at} role="option" aria-selected={row.at === at} aria-setsize={items.length} aria-posinset={row.at + 1}>
              <Option item={row.item} selected={row.at === at} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Option({ item, selected }: { item: Item; selected: boolean }) {
  const { fieldOf } = useDefinitions();
  const nameOf = useFindingName();
  const said = item.conflict
    ? `${fieldOf(item.conflict.field).label}: ${item.conflict.values.map((value) => value.display || "–").join(" | ")}`
    : detailOf(item.finding);
  return (
    <div className={classes.option} data-selected={selected || undefined}>
      <Text size="sm" fw={600} className={classes.line}>
        {titleOf(item) || nameOf(item.kind)}
      </Text>
      <Text size="xs" c="dimmed" className={classes.line}>
        {said}
      </Text>
    </div>
  );
}
