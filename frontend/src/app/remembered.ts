import { languageOf } from "../i18n";
import { themes, usual, type Appearance } from "../shared";

/** place is where the browser or window remembers how the program looks, because the database is shut until the record is unlocked. */
const place = "fieldbook-appearance";

/** remembered is how the program looked last, or the machine's language and theme. */
export function remembered(): Appearance {
  const first = { ...usual, language: languageOf(navigator.language) };
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place) ?? "null");
    return found ? readAppearance(found, first) : first;
  } catch {
    return first;
  }
}

export function remember(appearance: Appearance): void {
  localStorage.setItem(place, JSON.stringify(appearance));
}

/** readAppearance takes what it knows from a kept value, whichever version of the program kept it. */
export function readAppearance(value: unknown, fallback: Appearance): Appearance {
  const given = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof Appearance, unknown>>;
  return {
    theme: themes.find((theme) => theme === given.theme) ?? fallback.theme,
    language: given.language === "en" || given.language === "de" ? given.language : fallback.language,
    touch: typeof given.touch === "boolean" ? given.touch : fallback.touch,
    times: given.times === "utc" || given.times === "local" ? given.times : fallback.times,
    letters: typeof given.letters === "boolean" ? given.letters : fallback.letters,
  };
}
