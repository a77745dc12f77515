import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useHistory } from "./api/history";

/** mostPages is how much of the history goes to paper. */
const mostPages = 10;

/** usePrint draws an asset as paper shows it for as long as it is printed, also when the person prints by the browser's own keys. */
export function usePrint(id: string): { printing: boolean; print: () => void } {
  const [printing, setPrinting] = useState(false);
  const history = useHistory(id);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
  const print = async () => {
    let last = history;
    for (let page = 1; page < mostPages && last.hasNextPage; page++) last = await last.fetchNextPage();
    window.print();
  };
  return { printing, print: () => void print() };
}
