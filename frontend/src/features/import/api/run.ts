import { api, ok, type ImportReport } from "../../../api";
import { useJob } from "../../../shared";
import { mappingOf, type Plan } from "../plan";
import type { List } from "./read";

interface Order {
  list: List;
  plan: Plan;
  /** headers are those of the list; what a plan says about others is left out. */
  headers: readonly string[];
  /** reason is null for a dry run, which writes nothing. */
  reason: string | null;
}

/** useImport takes a list into the record, or shows what taking it would do. */
export function useImport(name: "check" | "import") {
  const running = useJob<ImportReport>(name);
  const start = ({ list, plan, headers, reason }: Order) =>
    running.run(() =>
      ok(
        api.POST("/import", {
          body: {
            source: list.source,
            mapping: mappingOf(plan, headers),
            set: filled(plan.set),
            reason: reason ?? "",
            dry_run: reason === null,
          },
        }),
      ),
    );
  return { ...running, start };
}

function filled(set: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(set).filter(([, text]) => text.trim() !== ""));
}
