import { IconFileSpreadsheet, IconPlus, IconSearch } from "@tabler/icons-react";
import type { Action } from "../../shared";

export { AssetsScreen } from "./AssetsScreen";

export const actions: Action[] = [
  { id: "assets.open", label: "assets:actions.open", icon: IconSearch, run: ({ go }) => go("assets") },
  {
    id: "assets.new",
    label: "assets:actions.add",
    icon: IconPlus,
    allowed: (me) => me?.role === "owner" || me?.role === "engineer",
    run: ({ go }) => go("assets", { search: { new: true } }),
  },
  { id: "assets.export", label: "assets:actions.export", icon: IconFileSpreadsheet, run: ({ go }) => go("assets", { search: { export: true } }) },
];
