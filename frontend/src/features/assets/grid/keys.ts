import type { KeyboardEvent } from "react";
import { moved, resized, widthOf, type Layout } from "../layout";
import { move, type Cell, type Extent } from "./move";

/** wider is by how much a key changes the width of a column, in pixels. */
const wider = 16;

/** Keyed is the grid as its keys see it. */
export interface Keyed {
  active: Cell;
  anchor: number; // the row at which a range of the selection begins
  extent: Extent;
  names: readonly string[]; // of the columns; the first column of the grid is the tick box
  layout: Layout;
  onLayout: (layout: Layout) => void;
  onMove: (cell: Cell, anchor: number) => void;
  onSort: (name: string) => void;
  onToggle: (row: number) => void;
  onRange: (from: number, to: number) => void;
  onAll: (on?: boolean) => void; // without a word: the other way round
  onOpen: (row: number) => void;
}

/** pressed answers a key of the grid, and says whether it was one. */
export function pressed(grid: Keyed, event: KeyboardEvent): boolean {
  return (grid.active.row < 0 ? title(grid, event) : row(grid, event)) || everywhere(grid, event);
}

/** title: Enter or Space sorts, Alt with an arrow resizes, Shift with an arrow reorders. */
function title(grid: Keyed, event: KeyboardEvent): boolean {
  const name = grid.names[grid.active.column - 1];
  const sideways = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  if (event.key === "Enter" || event.key === " ") {
    if (name) grid.onSort(name);
    else grid.onAll();
    return true;
  }
  if (!name || sideways === 0 || event.altKey === event.shiftKey) return false;
  if (event.altKey) grid.onLayout(resized(grid.layout, name, widthOf(grid.layout, name) + sideways * wider));
  else {
    const layout = moved(grid.layout, name, sideways);
    grid.onLayout(layout);
    grid.onMove({ row: -1, column: layout.columns.indexOf(name) + 1 }, grid.anchor);
  }
  return true;
}

/** row: Enter opens, Space selects; Shift with a way up or down selects from where it began. */
function row(grid: Keyed, event: KeyboardEvent): boolean {
  const at = grid.active.row;
  if (event.key === "Enter") grid.onOpen(at);
  else if (event.key === " " && event.shiftKey) grid.onRange(grid.anchor, at);
  else if (event.key === " ") {
    grid.onToggle(at);
    grid.onMove(grid.active, at);
  } else {
    const to = event.shiftKey ? move(grid.active, event, grid.extent) : undefined;
    if (!to || to.row === at || to.row < 0) return false;
    grid.onRange(grid.anchor, to.row);
    grid.onMove(to, grid.anchor);
  }
  return true;
}

function everywhere(grid: Keyed, event: KeyboardEvent): boolean {
  if (event.key === "a" && (event.ctrlKey || event.metaKey)) grid.onAll(true);
  else if (event.key === "Escape") grid.onAll(false);
  else {
    const to = event.altKey ? undefined : move(grid.active, event, grid.extent);
    if (!to) return false;
    grid.onMove(to, Math.max(0, to.row));
  }
  return true;
}
