import {
  IconArrowsExchange,
  IconContrast2,
  IconDeviceDesktop,
  IconKeyboard,
  IconLock,
  IconMoon,
  IconSearch,
  IconSun,
  IconWorld,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../api";
import { useAppearance, useGo, type Action, type Theme } from "../shared";
import { loadActions } from "./features";
import { useLock } from "./lock";
import { openPalette } from "./spotlight";
import { useHelp, useSwitcher } from "./overlays";
import { places } from "./places";

/** Command is an action with its words and all it needs, ready to run. */
export interface Command {
  id: string;
  label: string;
  /** group is the heading in the palette. */
  group: string;
  icon: Action["icon"];
  keys?: string | undefined;
  run: () => void;
}

/** themes by the ids that the native menu uses. */
const themes: { id: string; theme: Theme; icon: Action["icon"] }[] = [
  { id: "light", theme: "light", icon: IconSun },
  { id: "dark", theme: "dark", icon: IconMoon },
  { id: "contrast", theme: "contrast", icon: IconContrast2 },
  { id: "auto", theme: "system", icon: IconDeviceDesktop },
];

/** useCommands are all that can be done from anywhere: of the shell, every screen, and what the features offer to this member's role. */
export function useCommands(): Command[] {
  const { t } = useTranslation("app");
  return [
    ...useFeatureCommands(),
    ...usePlaceCommands(t("palette.places")),
    ...useShellCommands(t("palette.program")),
  ];
}

function useFeatureCommands(): Command[] {
  const { t } = useTranslation();
  const { t: ours } = useTranslation("app");
  const { me } = useProgramState();
  const go = useGo();
  const { data = [] } = useQuery({ queryKey: ["actions"], queryFn: loadActions });
  // Keys of other namespaces come from the features, whose own tests check them.
  const words = t as (key: string) => string;
  return data
    .filter((action) => action.allowed?.(me) ?? true)
    .map(({ id, label, icon, keys, run }) => ({
      id,
      label: words(label),
      group: ours("palette.actions"),
      icon,
      keys,
      run: () => run({ go, me }),
    }));
}

function usePlaceCommands(group: string): Command[] {
  const { t } = useTranslation("app");
  const go = useGo();
  return places.map(({ screen, icon, letter }) => ({
    id: `go.${screen}`,
    label: t("palette.go", { screen: t(`screens.${screen}`) }),
    group,
    icon,
    keys: `G ${letter}`,
    run: () => go(screen),
  }));
}

function useShellCommands(group: string): Command[] {
  const { t } = useTranslation("app");
  const { appearance, change } = useAppearance();
  const lock = useLock();
  const help = useHelp();
  const switcher = useSwitcher();
  return [
    { id: "app.palette", label: t("actions.palette"), group, icon: IconSearch, keys: "mod+K", run: openPalette },
    { id: "app.lock", label: t("actions.lock"), group, icon: IconLock, keys: "mod+shift+L", run: lock },
    { id: "app.switch", label: t("actions.switch"), group, icon: IconArrowsExchange, run: () => switcher.set(true) },
    { id: "app.shortcuts", label: t("actions.shortcuts"), group, icon: IconKeyboard, keys: "shift+?", run: help.open },
    {
      id: "app.language",
      label: appearance.language === "de" ? "English" : "Deutsch",
      group,
      icon: IconWorld,
      run: () => change({ language: appearance.language === "de" ? "en" : "de" }),
    },
    ...themes.map(({ id, theme, icon }) => ({
      id: `app.theme.${id}`,
      label: t("palette.theme", { theme: t(`themes.${theme}`) }),
      group,
      icon,
      run: () => change({ theme }),
    })),
  ];
}
