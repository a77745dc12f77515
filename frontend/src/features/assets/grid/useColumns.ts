import { getCoreRowModel, useReactTable, type ColumnDef, type Table } from "@tanstack/react-table";
import { useMemo } from "react";
import type { AssetRow } from "../../../api";
import { resized, widthOf, widest, narrowest, type Layout } from "../layout";
import type { Column } from "./columns";

interface Columns {
  columns: readonly Column[];
  layout: Layout;
  onLayout: (layout: Layout) => void;
  sort: string;
  onSort: (sort: string) => void;
}

/** The rows are the server's, sorted and filtered, and drawn by themselves: the table sees to the columns. */
const noRows: AssetRow[] = [];

/** useColumns sorts and sizes the columns: a click turns from upwards to downwards to the list's own order. */
export function useColumns({ columns, layout, onLayout, sort, onSort }: Columns): Table<AssetRow> {
  const defs = useMemo(
    () =>
      columns.map(
        ({ name, label }): ColumnDef<AssetRow> => ({ id: name, accessorFn: (item) => item.values[name], header: label, minSize: narrowest, maxSize: widest, sortDescFirst: false }),
      ),
    [columns],
  );
  const columnSizing = Object.fromEntries(columns.map(({ name }) => [name, widthOf(layout, name)]));
  const sorting = sort ? [{ id: sort.replace(/^-/, ""), desc: sort.startsWith("-") }] : [];
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here, and its answers are read in this drawing only
  return useReactTable({
    data: noRows,
    columns: defs,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    enableMultiSort: false,
    columnResizeMode: "onEnd",
    state: { columnSizing, sorting },
    onSortingChange: (change) => {
      const [first] = typeof change === "function" ? change(sorting) : change;
      onSort(first ? `${first.desc ? "-" : ""}${first.id}` : "");
    },
    onColumnSizingChange: (change) => {
      const sizes = typeof change === "function" ? change(columnSizing) : change;
      const changed = columns.filter(({ name }) => sizes[name] !== columnSizing[name]);
      onLayout(changed.reduce((next, { name }) => resized(next, name, sizes[name] ?? 0), layout));
    },
  });
}
