import { useCallback } from "react";
import { useSetting } from "./setting";

/** most is how many recent reasons are offered again. */
const most = 8;

/** useReasons are the reasons a person gave lately: work in a plant comes in rounds, and a round has one reason. */
export function useReasons(): { recent: string[]; remember: (reason: string) => void } {
  const [recent, setRecent] = useSetting<string[]>("setting/reasons", []);
  const remember = useCallback(
    (reason: string) => {
      if (reason) setRecent([reason, ...recent.filter((other) => other !== reason)].slice(0, most));
    },
    [recent, setRecent],
  );
  return { recent, remember };
}
