import { useKeep, useKeptUnder } from "../../../api";
import { readPlan, type Plan } from "../plan";

const prefix = "mapping/";

/** Assignment is a plan under the name that a person gave it. */
export interface Assignment {
  name: string;
  plan: Plan;
}

/** useAssignments lists the plans that this device keeps, by name. */
export function useAssignments(): Assignment[] {
  const kept = useKeptUnder(prefix).data ?? [];
  const found = kept.map((item) => ({ name: item.key.slice(prefix.length), plan: readPlan(item.value) }));
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** useKeepAssignment keeps a plan under a name, or forgets one. */
export function useKeepAssignment() {
  const { keep, discard } = useKeep();
  return {
    keep: (assignment: Assignment) => keep.mutate({ key: prefix + assignment.name, value: assignment.plan }),
    forget: (name: string) => discard.mutate(prefix + name),
    problem: keep.error ?? discard.error,
  };
}
