import { createContext, useContext, useMemo, useState, type ReactNode } from "react";

interface Overlays {
  help: boolean;
  switcher: boolean;
  set: (part: Partial<Pick<Overlays, "help" | "switcher">>) => void;
}

const OverlayContext = createContext<Overlays>({ help: false, switcher: false, set: () => undefined });

/** OverlayProvider holds what of the shell lies over a screen, so that keys, menu and palette can open it. */
export function OverlayProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState({ help: false, switcher: false });
  const held = useMemo<Overlays>(() => ({ ...open, set: (part) => setOpen((before) => ({ ...before, ...part })) }), [open]);
  return <OverlayContext value={held}>{children}</OverlayContext>;
}

/** useHelp opens and closes the sheet of shortcuts. */
export function useHelp() {
  const { help, set } = useContext(OverlayContext);
  return { opened: help, open: () => set({ help: true }), close: () => set({ help: false }) };
}

/** useSwitcher opens and closes the list of workspaces. */
export function useSwitcher() {
  const { switcher, set } = useContext(OverlayContext);
  return { opened: switcher, set: (opened: boolean) => set({ switcher: opened }) };
}
