import { IconTableImport } from "@tabler/icons-react";
import type { Action } from "../../shared";

export { ImportScreen } from "./ImportScreen";

export const actions: Action[] = [
  {
    id: "import.open",
    label: "import:palette.open",
    icon: IconTableImport,
    allowed: (me) => me?.role !== "auditor",
    run: ({ go }) => go("import"),
  },
];
