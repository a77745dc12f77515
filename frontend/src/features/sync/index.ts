import { IconPlus, IconRefresh, IconUsb } from "@tabler/icons-react";
import type { Action } from "../../shared";

export { SyncScreen } from "./SyncScreen";

export const actions: Action[] = [
  { id: "sync.open", label: "sync:palette.open", icon: IconUsb, run: ({ go }) => go("sync") },
  { id: "sync.all", label: "sync:palette.all", icon: IconRefresh, run: ({ go }) => go("sync", { search: { now: true } }) },
  { id: "sync.add", label: "sync:palette.add", icon: IconPlus, run: ({ go }) => go("sync", { search: { add: true } }) },
];
