import { useHotkeys, type HotkeyItem } from "@mantine/hooks";
import { createContext, useContext, useEffect, useId } from "react";
import { useAppearance } from "./appearance";

/** Shortcut is a key and what it does; both stand in the help sheet (?). */
export interface Shortcut {
  /** keys as useHotkeys reads them: "N", "mod+S", "ArrowDown". */
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
}

export interface ShortcutGroup {
  title: string;
  items: Pick<Shortcut, "keys" | "label">[];
}

interface Registry {
  set: (id: string, group: ShortcutGroup | null) => void;
}

export const ShortcutContext = createContext<Registry>({ set: () => undefined });

/** useShortcuts makes keys work as long as the component is shown, single ones outside of inputs only, and lists them in the help sheet. */
export function useShortcuts(title: string, shortcuts: Shortcut[]): void {
  const { appearance } = useAppearance();
  const active = shortcuts.filter(({ keys }) => appearance.letters || !isLetter(keys));
  const items = (wanted: boolean) => active.filter(({ keys }) => isChord(keys) === wanted);
  const hotkey = ({ keys, run }: Shortcut): HotkeyItem => [keys, run];
  useHotkeys(items(false).map(hotkey));
  useHotkeys(items(true).map(hotkey), []);
  useShortcutHelp(title, active);
}

/** useShortcutHelp lists keys in the help sheet that work by other means, as the arrows of a grid. */
export function useShortcutHelp(title: string, items: ShortcutGroup["items"]): void {
  const { set } = useContext(ShortcutContext);
  const id = useId();
  const content = JSON.stringify(items.map(({ keys, label }) => ({ keys, label })));
  useEffect(() => {
    set(id, { title, items: JSON.parse(content) as ShortcutGroup["items"] });
    return () => set(id, null);
  }, [set, id, title, content]);
}

/** isLetter tells what a person may type or say as text. */
function isLetter(keys: string): boolean {
  return keys.replace(/^shift\+/, "").length === 1;
}

/** isChord tells keys that mean nothing in an input, and so work there too. */
function isChord(keys: string): boolean {
  return /^(mod|ctrl|alt|meta)\+|^F\d+$/.test(keys);
}
