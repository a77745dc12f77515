import { IconNotebook, IconPencilPlus } from "@tabler/icons-react";
import type { Action } from "../../shared";

export { NotesScreen } from "./NotesScreen";

export const actions: Action[] = [
  {
    id: "notes.new",
    label: "notes:actions.new",
    icon: IconPencilPlus,
    keys: "N",
    allowed: (me) => me !== null && me.role !== "auditor",
    run: ({ go }) => go("notes", { search: { new: true } }),
  },
  { id: "notes.drafts", label: "notes:actions.drafts", icon: IconNotebook, run: ({ go }) => go("notes", { search: { state: "draft" } }) },
];
