import { useMutation } from "@tanstack/react-query";
import { api, ok, type Found } from "../../../api";

/** useCreate founds a workspace. Its answer holds the recovery key, which nobody can show again. */
export function useCreate() {
  return useMutation({ mutationFn: (body: Found) => ok(api.POST("/workspaces", { body })) });
}
