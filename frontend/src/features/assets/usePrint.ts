import type { AssetRow } from "../../api";
import { usePaper } from "../../shared";
import { fetchRows } from "./api/list";
import type { Rows } from "./grid/useRows";

/** mostPrinted is how many rows go to paper: some forty pages. */
const mostPrinted = 2000;

/** usePrint has the rows of a list gathered before it goes to paper. */
export function usePrint({ listing, total, at }: Rows) {
  const loaded = () => {
    const rows: AssetRow[] = [];
    for (let row = at(0); row && rows.length < Math.min(total, mostPrinted); row = at(rows.length)) rows.push(row);
    return rows;
  };
  return usePaper(loaded, () => fetchRows(listing, 0, mostPrinted));
}
