import { useMutation } from "@tanstack/react-query";
import { api, ok, useEnter, type Open } from "../../../api";

/** useOpen unlocks the workspace in a folder and enters it. */
export function useOpen() {
  const enter = useEnter();
  return useMutation({ mutationFn: (body: Open) => ok(api.POST("/workspaces/open", { body })), onSuccess: enter });
}
