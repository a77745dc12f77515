import type { ReactNode } from "react";
import { Paper } from "./Paper";
import classes from "./PrintTable.module.css";

interface Props<R> {
  /** lead says above the table what it is a list of. */
  lead: ReactNode;
  columns: readonly string[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  cells: (row: R) => readonly ReactNode[];
}

/** PrintTable is a table that only paper shows: laid on its side, its header on every page, no row over two. */
export function PrintTable<R>({ lead, columns, rows, keyOf, cells }: Props<R>) {
  return (
    <Paper>
      <div className={classes.lead}>{lead}</div>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {cells(row).map((cell, at) => (
                <td key={columns[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
