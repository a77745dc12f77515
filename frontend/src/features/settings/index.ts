import { IconArchive, IconSettings } from "@tabler/icons-react";
import type { Action } from "../../shared";

export { SettingsScreen } from "./SettingsScreen";

export const actions: Action[] = [
  { id: "settings.backup", label: "settings:palette.backup", icon: IconArchive, run: ({ go }) => go("settings") },
  { id: "settings.passphrase", label: "settings:palette.passphrase", icon: IconSettings, run: ({ go }) => go("settings") },
];
