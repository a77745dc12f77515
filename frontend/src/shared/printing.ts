import { useEffect, useEffectEvent, useState } from "react";
import { flushSync } from "react-dom";

/**
 * usePaper holds what goes to paper, where nothing can be scrolled or pressed, for as long as it is printed. print gathers it first; the browser's own
 * command, which waits for nothing, gets what is loaded.
 */
export function usePaper<T>(loaded: () => T, gather: () => Promise<T>): { paper: T | null; print: () => Promise<void> } {
  const [paper, setPaper] = useState<T | null>(null);
  const before = useEffectEvent(() => flushSync(() => setPaper((held) => held ?? loaded())));
  useEffect(() => {
    const begin = () => before();
    const end = () => setPaper(null);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  const print = async () => {
    const gathered = await gather();
    flushSync(() => setPaper(gathered));
    window.print();
  };
  return { paper, print };
}
