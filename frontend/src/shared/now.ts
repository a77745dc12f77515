import { useSyncExternalStore } from "react";

/** step is how coarse "now" is, in milliseconds: nothing on a screen counts seconds. */
const step = 15_000;

/** useNow gives the time in milliseconds since 1970, and a new one every 15 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / step) * step);
}

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, step);
  return () => clearInterval(timer);
}
