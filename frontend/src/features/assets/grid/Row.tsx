import { IconArrowsSplit2 } from "@tabler/icons-react";
import { memo } from "react";
import type { AssetRow } from "../../../api";
import { isMarked, Marks } from "./Marks";
import type { Column } from "./columns";
import styles from "./grid.module.css";

/** Words are the texts of a row, looked up once for all of them: a row drawn while scrolling has no time to look for any. */
export interface Words {
  select: (tag: string) => string;
  struck: (tag: string) => string;
  waiting: string;
  several: string;
}

interface RowProps {
  index: number; // among all that the list fits, from 0
  top: number | undefined; // pixels from the top of the body, of a row that does not follow the one before
  item: AssetRow | undefined; // undefined until its page has come
  columns: readonly Column[];
  words: Words;
  selected: boolean;
  active: number; // the column that holds the focus of the grid, -1 for none in this row
}

/**
 * Row is drawn again only when something of its own changes, so that scrolling draws what comes into sight and no more. A cell is one element
 * unless it has a mark, and no row in sight has a style of its own: browsers compute the styles of rows and cells once then, not for each of them.
 * Clicks and keys are heard by the grid, which knows a cell by its indices.
 */
export const Row = memo(function Row({ index, top, item, columns, words, selected, active }: RowProps) {
  return (
    <div
      role="row"
      className={styles.row}
      style={top === undefined ? undefined : { position: "absolute", top }}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={item === undefined}
    >
      <div role="gridcell" aria-colindex={1} tabIndex={active === 0 ? 0 : -1} className={`${styles.cell} ${styles.ticks}`}>
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles.tick}
          checked={selected}
          readOnly
          disabled={!item || item.void !== null}
          aria-label={item ? (item.void === null ? words.select(item.tag) : words.struck(item.tag)) : words.waiting}
        />
      </div>
      {columns.map((column, at) => (
        <div key={column.name} role="gridcell" aria-colindex={at + 2} tabIndex={active === at + 1 ? 0 : -1} className={look(column, item)}>
          {item ? content(item, column, words) : <span className={styles.waiting} />}
        </div>
      ))}
    </div>
  );
});

const isSplit = (item: AssetRow | undefined, column: Column): boolean => !column.pinned && item?.concurrent.includes(column.name) === true;

function look(column: Column, item: AssetRow | undefined): string {
  const font = column.mono ? `${styles.cell} mono` : (styles.cell ?? "");
  if (column.pinned) return `${font} ${styles.pinned}`;
  return isSplit(item, column) ? `${font} ${styles.marked}` : font;
}

function content(item: AssetRow, column: Column, words: Words) {
  const text = column.text(item);
  if (column.pinned) {
    return (
      <>
        <a className={styles.text} tabIndex={-1} href={`#/assets/${item.id}`}>
          {text}
        </a>
        {isMarked(item) && <Marks item={item} />}
      </>
    );
  }
  if (!isSplit(item, column)) return text;
  return (
    <>
      <span className={styles.text}>{text}</span>
      <IconArrowsSplit2 size={14} className={styles.split} role="img" aria-label={words.several} />
    </>
  );
}
