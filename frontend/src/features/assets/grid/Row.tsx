import { IconArrowsSplit2 } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { AssetRow } from "../../../api";
import { Marks } from "./Marks";
import type { Column } from "./columns";
import styles from "./grid.module.css";

interface RowProps {
  index: number; // among all that the list fits, from 0
  top: number; // pixels from the top of the body
  item: AssetRow | undefined; // undefined until its page has come
  columns: readonly Column[];
  selected: boolean;
  active: number; // the column that holds the focus of the grid, -1 for none in this row
}

/**
 * Row is drawn again only when something of its own changes, so that scrolling draws what comes into sight and no more. Clicks
 * and keys are heard by the grid, which knows a cell by its data attributes.
 */
export const Row = memo(function Row({ index, top, item, columns, selected, active }: RowProps) {
  const { t } = useTranslation("assets");
  const place = (column: number) => ({
    role: "gridcell",
    "aria-colindex": column + 1,
    "data-row": index,
    "data-column": column,
    tabIndex: active === column ? 0 : -1,
  });
  return (
    <div
      role="row"
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={item === undefined}
    >
      <div {...place(0)} className={`${styles.cell} ${styles.ticks}`}>
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles.tick}
          checked={selected}
          readOnly
          disabled={!item}
          aria-label={item ? t("select.one", { tag: item.tag }) : t("select.waiting")}
        />
      </div>
      {columns.map((column, at) => (
        <div key={column.name} {...place(at + 1)} className={column.pinned ? `${styles.cell} ${styles.pinned}` : styles.cell}>
          {item ? <Content item={item} column={column} /> : <span className={styles.waiting} />}
        </div>
      ))}
    </div>
  );
});

function Content({ item, column }: { item: AssetRow; column: Column }) {
  const { t } = useTranslation("assets");
  const text = column.text(item);
  const look = column.mono ? `${styles.text} mono` : styles.text;
  if (column.pinned) {
    return (
      <>
        <a className={look} tabIndex={-1} href={`#/assets/${item.id}`}>
          {text}
        </a>
        <Marks item={item} />
      </>
    );
  }
  return (
    <>
      <span className={look}>{text}</span>
      {item.concurrent.includes(column.name) && <IconArrowsSplit2 size={14} className={styles.split} role="img" aria-label={t("mark.values")} />}
    </>
  );
}
