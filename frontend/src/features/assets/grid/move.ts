/** A cell of the grid; row -1 is the header. */
export interface Cell {
  row: number;
  column: number;
}

/** The grid as keys see it. */
export interface Extent {
  rows: number;
  columns: number;
  page: number; // rows that one page of the keyboard moves
}

/** within keeps a cell inside a grid that has become smaller; of an empty one only the header is left. */
export const within = ({ row, column }: Cell, rows: number, columns: number): Cell => ({
  row: Math.max(-1, Math.min(row, rows - 1)),
  column: Math.max(0, Math.min(column, columns - 1)),
});

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * move is where a key leads from a cell, by the grid pattern of ARIA"s authoring practices: arrows by one, Home and End within the row,
 * with Ctrl to the first and last cell of the grid, PageUp and PageDown by a page. Undefined for a key that moves nothing.
 */
export function move(from: Cell, { key, ctrlKey, metaKey }: Press, { rows, columns, page }: Extent): Cell | undefined {
  const far = ctrlKey || metaKey;
  const to = (row: number, column: number): Cell => within({ row, column }, rows, columns);
  switch (key) {
    case "ArrowUp":
      return to(far ? 0 : from.row - 1, from.column);
    case "ArrowDown":
      return to(far ? rows - 1 : from.row + 1, from.column);
    case "ArrowLeft":
      return to(from.row, far ? 0 : from.column - 1);
    case "ArrowRight":
      return to(from.row, far ? columns - 1 : from.column + 1);
    case "Home":
      return to(far ? 0 : from.row, 0);
    case "End":
      return to(far ? rows - 1 : from.row, columns - 1);
    case "PageUp":
      return to(from.row < 0 ? from.row : Math.max(0, from.row - page), from.column);
    case "PageDown":
      return to(from.row + page, from.column);
    default:
      return undefined;
  }
}
