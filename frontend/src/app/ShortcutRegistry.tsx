import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import { ShortcutContext, type ShortcutGroup } from "../shared";

const GroupsContext = createContext<ShortcutGroup[]>([]);

/** ShortcutRegistry gathers the shortcuts of what is shown, for the help sheet. */
export function ShortcutRegistry({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<Record<string, ShortcutGroup>>({});
  const set = useCallback((id: string, group: ShortcutGroup | null) => {
    setGroups((before) => {
      const others = Object.entries(before).filter(([other]) => other !== id);
      return Object.fromEntries(group ? [...others, [id, group]] : others);
    });
  }, []);
  const registry = useMemo(() => ({ set }), [set]);
  const list = useMemo(() => Object.values(groups), [groups]);
  return (
    <ShortcutContext value={registry}>
      <GroupsContext value={list}>{children}</GroupsContext>
    </ShortcutContext>
  );
}

/** useShortcutGroups are the shortcuts that work now. */
export function useShortcutGroups(): ShortcutGroup[] {
  return useContext(GroupsContext);
}
