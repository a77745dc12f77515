import {
  IconAlertTriangle,
  IconFileImport,
  IconHistory,
  IconHome,
  IconNotebook,
  IconRefresh,
  IconSettings,
  IconTable,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";

interface Place {
  screen: "today" | "assets" | "notes" | "findings" | "trail" | "import" | "sync" | "members" | "settings";
  icon: Icon;
  /** letter follows G and leads to the screen. */
  letter: string;
}

/** places are the screens in the order of the navigation. */
export const places: Place[] = [
  { screen: "today", icon: IconHome, letter: "H" },
  { screen: "assets", icon: IconTable, letter: "A" },
  { screen: "notes", icon: IconNotebook, letter: "N" },
  { screen: "findings", icon: IconAlertTriangle, letter: "F" },
  { screen: "trail", icon: IconHistory, letter: "T" },
  { screen: "import", icon: IconFileImport, letter: "I" },
  { screen: "sync", icon: IconRefresh, letter: "S" },
  { screen: "members", icon: IconUsers, letter: "M" },
  { screen: "settings", icon: IconSettings, letter: "E" },
];
