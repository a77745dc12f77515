import { useState } from "react";

/** usePinned gives the note that was the first of a list when it was first shown: one that a sync puts before it does not take its place. */
export function usePinned(list: string, first: string | undefined): string {
  const [pinned, setPinned] = useState({ list: "", note: "" });
  if (first !== undefined && pinned.list !== list) setPinned({ list, note: first });
  return pinned.note;
}
