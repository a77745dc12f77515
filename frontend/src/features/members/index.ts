import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import type { Action } from "../../shared";

export { MembersScreen } from "./MembersScreen";

export const actions: Action[] = [
  { id: "members.open", label: "members:palette.open", icon: IconUsers, run: ({ go }) => go("members") },
  {
    id: "members.approve",
    label: "members:palette.approve",
    icon: IconUserPlus,
    allowed: (me) => me?.role === "owner",
    run: ({ go }) => go("members", { search: { request: true } }),
  },
];
