import { IconAlertTriangle } from "@tabler/icons-react";
import type { Action } from "../../shared";

export const actions: Action[] = [
  { id: "findings.settled", label: "findings:action.settled", icon: IconAlertTriangle, run: ({ go }) => go("findings", { search: { settled: true } }) },
];
