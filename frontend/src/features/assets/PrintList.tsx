import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AssetRow } from "../../api";
import { useFormats } from "../../shared";
import type { Column } from "./grid/columns";
import styles from "./print.module.css";

/** mostPrinted is how many rows go to paper: some forty pages. */
export const mostPrinted = 2000;

interface Props {
  rows: AssetRow[];
  total: number;
  columns: readonly Column[];
  onDone: () => void;
}

/** PrintList is the list as paper shows it, all rows and no controls; being drawn it opens the printing dialog. */
export function PrintList({ rows, total, columns, onDone }: Props) {
  const { t } = useTranslation("assets");
  const { number, utc } = useFormats();
  const done = useEffectEvent(onDone);
  useEffect(() => {
    window.print();
    done();
  }, []);
  const count = t("count", { count: total, number: number(total) });
  return (
    <section className={styles.paper} aria-hidden>
      <p>{t("print.head", { count, time: utc(new Date().toISOString()) })}</p>
      {rows.length < total && <p>{t("print.cut", { shown: number(rows.length), number: number(total) })}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ name, label }) => (
              <th key={name}>{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column) => (
                <td key={column.name}>{column.text(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
