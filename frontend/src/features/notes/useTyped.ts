import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

/** settled is how long a text must stand before it is looked for, in milliseconds. */
const settled = 150;

/** useTyped shows what is typed at once and hands it on when typing rests; a text that changes elsewhere takes its place. */
export function useTyped(value: string, onSettled: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const settle = useDebouncedCallback(onSettled, settled);
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }
  return [
    typed,
    (text) => {
      setTyped(text);
      settle(text);
    },
  ];
}
