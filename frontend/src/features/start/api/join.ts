import { useMutation } from "@tanstack/react-query";
import { api, ok, type Join } from "../../../api";

/** useJoin takes an owner's grant for the laptop that asked. */
export function useJoin() {
  return useMutation({ mutationFn: (body: Join) => ok(api.POST("/workspaces/join", { body })) });
}
