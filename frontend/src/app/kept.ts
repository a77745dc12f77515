import { useEffect, useRef } from "react";
import { useAppearance, useSetting } from "../shared";
import { readAppearance } from "./remembered";

/** useKeptAppearance brings the look that a person chose for this workspace, and keeps what they change. */
export function useKeptAppearance(): void {
  const { appearance, change } = useAppearance();
  const [kept, keep, ready] = useSetting<unknown>("setting/appearance", appearance);
  const taken = useRef(false);
  useEffect(() => {
    if (!ready) return;
    const known = readAppearance(kept, appearance);
    if (JSON.stringify(known) === JSON.stringify(appearance)) taken.current = true;
    else if (taken.current) keep(appearance);
    else {
      taken.current = true;
      change(known);
    }
  }, [ready, kept, appearance, change, keep]);
}
