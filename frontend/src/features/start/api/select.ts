import { useMutation } from "@tanstack/react-query";
import { api, ok, useEnter } from "../../../api";

/** useSelect makes a folder the current one, locked; the one before it is locked. */
export function useSelect() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (dir: string) => ok(api.POST("/workspaces/select", { body: { dir } })),
    onSuccess: enter,
  });
}
