import { useKeep, useKeptUnder } from "../../../api";

const key = "setting/looked";

/** Looked is up to which position of this laptop's log a person has seen what others wrote, and when they said so. */
export interface Looked {
  position: number;
  at: string | null;
}

/** useLooked reads and stores it; before the first time nothing has been seen. */
export function useLooked() {
  const { keep } = useKeep();
  const kept = useKeptUnder(key);
  const item = kept.data?.find((found) => found.key === key);
  const looked: Looked | null = kept.data ? { position: positionOf(item?.value), at: item?.at ?? null } : null;
  return { looked, error: kept.error, mark: (position: number) => keep.mutate({ key, value: { position } }), marking: keep.isPending };
}

function positionOf(value: unknown): number {
  const position = typeof value === "object" && value !== null && "position" in value ? value.position : 0;
  return typeof position === "number" ? position : 0;
}
