import { useMemo } from "react";
import { useDefinitions, useShow } from "../../record";
import { useSetting } from "../../shared";
import type { ListQuery } from "./api/list";
import { columnsOf, type Column } from "./grid/columns";
import { useRows, type Rows } from "./grid/useRows";
import { firstLayout, readLayout, type Layout } from "./layout";

/** Table is the list as it is drawn: its columns and its rows. */
export interface Table {
  layout: Layout;
  setLayout: (layout: Layout) => void;
  columns: readonly Column[];
  rows: Rows;
  ready: boolean; // how the person wants it is known
}

/** useTable brings together how a person wants the table (kept on this device) and the rows that a query fits. */
export function useTable(query: ListQuery): Table {
  const [kept, setLayout, known] = useSetting<unknown>("setting/columns", firstLayout);
  const { fieldOf, ready } = useDefinitions();
  const show = useShow();
  const layout = useMemo(() => readLayout(kept), [kept]);
  const listing = useMemo(() => ({ query, columns: layout.columns }), [query, layout.columns]);
  const columns = useMemo(() => columnsOf(layout.columns, fieldOf, show), [layout.columns, fieldOf, show]);
  return { layout, setLayout, columns, rows: useRows(listing), ready: ready && known };
}
