import { useCallback, useEffect, useRef, type RefObject } from "react";
import type { Cell } from "./move";

/** useFocus moves the focus to a cell once it is drawn; the function that it gives asks for that. */
export function useFocus(box: RefObject<HTMLElement | null>, cell: Cell): () => void {
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const element = box.current?.querySelector<HTMLElement>(`[data-row="${cell.row}"] > [aria-colindex="${cell.column + 1}"]`);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [box, cell]);
  return useCallback(() => {
    wanted.current = true;
  }, []);
}

/** cellOf is the cell that something in the grid belongs to; the edge that resizes a column belongs to none. */
export function cellOf(target: EventTarget): Cell | undefined {
  const cell = target instanceof Element && !target.closest("[data-grip]") ? target.closest("[aria-colindex]") : null;
  const row = cell?.closest<HTMLElement>("[data-row]");
  return cell && row ? { row: Number(row.dataset["row"]), column: Number(cell.getAttribute("aria-colindex")) - 1 } : undefined;
}
