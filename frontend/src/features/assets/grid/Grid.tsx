import { useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../../../shared";
import { moved, widthOf, type Layout } from "../layout";
import { countSelected, isSelected, type Selection } from "../selection";
import { Head } from "./Head";
import { Row, type Words } from "./Row";
import type { Column } from "./columns";
import styles from "./grid.module.css";
import { pressed } from "./keys";
import { RowKeys } from "./rowKeys";
import { within, type Cell } from "./move";
import { useColumns } from "./useColumns";
import { cellOf, useFocus } from "./useFocus";
import { useInSight } from "./useInSight";
import { usePages, type Rows } from "./useRows";

export interface GridProps {
  rows: Rows;
  columns: readonly Column[];
  layout: Layout;
  onLayout: (layout: Layout) => void;
  sort: string;
  onSort: (sort: string) => void;
  selection: Selection;
  onToggle: (row: number) => void;
  onRange: (from: number, to: number) => void;
  onAll: (on: boolean) => void;
  onOpen: (row: number) => void;
  rowHeight: number;
}

const tickWidth = 36;

/** Grid is the table of assets by the grid pattern of ARIA: one stop of the Tab key, arrows within, only the rows in sight drawn. */
export function Grid(props: GridProps) {
  const { rows, columns, layout, selection, rowHeight } = props;
  const { t } = useTranslation("assets");
  const box = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Cell>({ row: 0, column: 1 });
  const [anchor, setAnchor] = useState(0);
  const active = within(chosen, rows.total, columns.length + 1);
  const focus = useFocus(box, chosen);
  const table = useColumns(props);
  const sight = useInSight({ box, list: rows.listing.query, count: rows.total, rowHeight, held: active.row });
  const [rowKeys] = useState(() => new RowKeys());
  const keys = rowKeys.of(sight.rows, active.row);
  const pages = usePages(rows.listing, sight.span);

  const words = useMemo<Words>(
    () => ({ select: (tag) => t("select.one", { tag }), struck: (tag) => t("select.struck", { tag }), waiting: t("select.waiting"), several: t("mark.values") }),
    [t],
  );
  const standing = rows.total - rows.struck;
  const selected = countSelected(selection, standing);
  const all = selection.kind === "all" || (standing > 0 && selected === standing);
  const toggleAll = (on = !all) => props.onAll(on);
  const go = (cell: Cell, from: number) => {
    focus();
    setChosen({ ...cell });
    setAnchor(from);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const extent = { rows: rows.total, columns: columns.length + 1, page: Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2) };
    const names = columns.map(({ name }) => name);
    const onSort = (name: string) => table.getColumn(name)?.toggleSorting();
    if (pressed({ ...props, active, anchor, extent, names, onMove: go, onSort, onAll: toggleAll }, event)) event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    if (cell.row < 0) {
      if (cell.column > 0) table.getColumn(columns[cell.column - 1]?.name ?? "")?.toggleSorting();
      go(cell, anchor);
      return;
    }
    if (event.shiftKey) props.onRange(anchor, cell.row);
    else if (cell.column === 0 || event.ctrlKey || event.metaKey) props.onToggle(cell.row);
    else if (event.target instanceof HTMLAnchorElement) props.onOpen(cell.row);
    // A tick box must do its own part of the click, or it shows the state before.
    if (event.target instanceof HTMLAnchorElement) event.preventDefault();
    go(cell, event.shiftKey ? anchor : cell.row);
  };
  const widths = columns.map(({ name }) => widthOf(layout, name));
  const style = {
    "--grid-tick": `${tickWidth}px`,
    "--grid-row": `${rowHeight}px`,
    "--grid-columns": `${tickWidth}px ${widths.map((width) => `${width}px`).join(" ")}`,
    "--grid-width": `max(100%, ${tickWidth + widths.reduce((sum, width) => sum + width, 0)}px)`,
    scrollPadding: `${rowHeight}px 0 0 ${tickWidth + (widths[0] ?? 0)}px`,
  } as CSSProperties;

  if (pages.error) return <Failure error={pages.error} retry={pages.retry} />;
  return (
    <div
      ref={box}
      role="grid"
      aria-label={t("grid.label")}
      aria-rowcount={rows.total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-busy={rows.pending}
      className={styles.grid}
      style={style}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const cell = cellOf(event.target);
        if (cell && cell.row >= 0 && cell.column > 0) props.onOpen(cell.row);
      }}
    >
      <Head
        table={table}
        active={active.row < 0 ? active.column : -1}
        all={all}
        some={selected > 0}
        onAll={() => toggleAll()}
        onMove={(name, to) => props.onLayout(moved(layout, name, to))}
      />
      <div role="rowgroup" className={styles.body} style={{ height: sight.height, paddingTop: sight.above }}>
        {sight.rows.map((index, at) => {
          const item = rows.at(index);
          return (
            <Row
              key={keys[at]}
              index={index}
              top={sight.apart === index ? index * rowHeight : undefined}
              item={item}
              columns={columns}
              words={words}
              selected={item ? isSelected(selection, item) : selection.kind === "all"}
              active={active.row === index ? active.column : -1}
            />
          );
        })}
      </div>
    </div>
  );
}
