import { useState } from "react";

/**
 * usePinned gives the item that was first in a list when the list was first shown: one that a sync puts before it does not take its place. The list
 * is named by its filter; first is undefined while it is not known.
 */
export function usePinned(list: string, first: string | undefined): string {
  const [pinned, setPinned] = useState({ list: "", id: "" });
  if (first !== undefined && pinned.list !== list) setPinned({ list, id: first });
  return pinned.id;
}
