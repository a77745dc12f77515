import { IconHistory, IconShieldCheck } from "@tabler/icons-react";
import type { Action } from "../../shared";

export const actions: Action[] = [
  { id: "trail.asof", label: "trail:actions.asof", icon: IconHistory, run: ({ go }) => go("trail", { search: { as_of: new Date().toISOString() } }) },
  { id: "trail.verify", label: "trail:actions.verify", icon: IconShieldCheck, run: ({ go }) => go("trail", { search: { verify: true } }) },
];
