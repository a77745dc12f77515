import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { flexRender, type Header, type Table } from "@tanstack/react-table";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssetRow } from "../../../api";
import styles from "./grid.module.css";

interface HeadProps {
  table: Table<AssetRow>;
  active: number; // the column that holds the focus of the grid, -1 for none in the header
  all: boolean; // everything that the list fits is selected
  some: boolean;
  onAll: () => void;
  onMove: (name: string, to: string) => void;
}

/** Head names the columns: a click sorts, the edge is dragged to resize and the title to reorder; the keys are the grid's. */
export function Head({ table, active, all, some, onAll, onMove }: HeadProps) {
  const { t } = useTranslation("assets");
  const [over, setOver] = useState("");
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} data-row={-1} className={styles.row}>
        <div role="columnheader" aria-colindex={1} tabIndex={active === 0 ? 0 : -1} className={`${styles.cell} ${styles.ticks}`}>
          <input
            type="checkbox"
            tabIndex={-1}
            className={styles.tick}
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = some && !all;
            }}
            onChange={onAll}
            aria-label={t("select.all")}
          />
        </div>
        {table.getFlatHeaders().map((header, at) => (
          <Title key={header.id} header={header} column={at + 1} active={active === at + 1} over={over === header.id} onOver={setOver} onMove={onMove} />
        ))}
      </div>
    </div>
  );
}

interface TitleProps {
  header: Header<AssetRow, unknown>;
  column: number;
  active: boolean;
  over: boolean;
  onOver: (name: string) => void;
  onMove: (name: string, to: string) => void;
}

/** dragged marks what is dragged as a column, so that nothing else is taken for one. */
const dragged = "application/x-fieldbook-column";

function Title({ header, column, active, over, onOver, onMove }: TitleProps) {
  const resizing = header.getContext().table.getState().columnSizingInfo.deltaOffset ?? 0;
  const sorted = header.column.getIsSorted();
  const pinned = header.id === "tag";
  return (
    <div
      role="columnheader"
      aria-colindex={column + 1}
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"}
      data-over={over || undefined}
      tabIndex={active ? 0 : -1}
      className={`${styles.cell} ${styles.title} ${pinned ? styles.pinned : ""}`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragged)) return;
        event.preventDefault();
        onOver(header.id);
      }}
      onDragLeave={() => onOver("")}
      onDrop={(event) => {
        event.preventDefault();
        onOver("");
        onMove(event.dataTransfer.getData(dragged), header.id);
      }}
    >
      <span role="presentation" className={styles.text} draggable={!pinned} onDragStart={(event) => event.dataTransfer.setData(dragged, header.id)}>
        {flexRender(header.column.columnDef.header, header.getContext())}
      </span>
      {sorted === "asc" && <IconArrowUp size={14} aria-hidden />}
      {sorted === "desc" && <IconArrowDown size={14} aria-hidden />}
      <span
        role="presentation"
        className={styles.grip}
        data-grip
        style={header.column.getIsResizing() ? { transform: `translateX(${resizing}px)` } : undefined}
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
      />
    </div>
  );
}
