import { createContext, useContext } from "react";
import type { Language } from "../i18n";

/** Theme: system follows the machine; contrast is bright on black, paper black on white, both of the highest contrast. */
export const themes = ["system", "light", "dark", "contrast", "paper"] as const;
export type Theme = (typeof themes)[number];

/** Appearance is how the program looks on this device. */
export interface Appearance {
  theme: Theme;
  language: Language;
  /** touch makes everything that is pressed at least 44 px high. */
  touch: boolean;
  /** times says whether times are shown as on the wall here, or in UTC. */
  times: "local" | "utc";
  /** letters lets single keys act as shortcuts; off for people who speak to their computer. */
  letters: boolean;
}

interface Held {
  appearance: Appearance;
  change: (part: Partial<Appearance>) => void;
}

export const usual: Appearance = { theme: "system", language: "en", touch: false, times: "local", letters: true };

export const AppearanceContext = createContext<Held>({ appearance: usual, change: () => undefined });

/** useAppearance gives how the program looks and the function that changes it. */
export function useAppearance(): Held {
  return useContext(AppearanceContext);
}
