import { useEffect, useEffectEvent } from "react";
import { useAppearance } from "../shared";

/** patience is how long the second key may take, in milliseconds. */
const patience = 1500;

/** useSequence acts on a first key followed by one of the letters, as G A. Both are taken from the screen, which may use the letter itself. */
export function useSequence(first: string, letters: Record<string, () => void>): void {
  const { appearance } = useAppearance();
  const act = useEffectEvent((letter: string) => letters[letter]?.());
  const active = appearance.letters;
  useEffect(() => {
    if (!active) return;
    let since = -Infinity;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const letter = event.key.toUpperCase();
      const second = event.timeStamp - since < patience;
      since = letter === first && !second ? event.timeStamp : -Infinity;
      if (!second) return;
      event.stopPropagation();
      event.preventDefault();
      act(letter);
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [active, first]);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}
