import { useMutation, useMutationState, type UseMutationResult } from "@tanstack/react-query";

/** writing marks every mutation that makes an entry, so that the status bar can say what became of the last one. */
const writing = ["write"] as const;

/**
 * useWrite makes an entry: it shows "saving" in the status bar until the program answers. The promise of mutateAsync settles when the entry is saved,
 * not when the screens are current again: that is the revision's doing, which the entry has moved.
 */
export function useWrite<V, D>(write: (variables: V) => Promise<D>): UseMutationResult<D, Error, V> {
  return useMutation({
    mutationKey: writing,
    mutationFn: write,
  });
}

/** Writing is what became of the last entry made on this page. */
export type Writing = "saving" | "saved" | "failed" | null;

export function useWriting(): Writing {
  const states = useMutationState({ filters: { mutationKey: writing }, select: (mutation) => mutation.state.status });
  switch (states.at(-1)) {
    case "pending":
      return "saving";
    case "success":
      return "saved";
    case "error":
      return "failed";
    default:
      return null;
  }
}
