import { useMutation } from "@tanstack/react-query";
import { api, ok, type Ask } from "../../../api";

/** useAsk makes this laptop's request to join, a file for an owner. */
export function useAsk() {
  return useMutation({ mutationFn: (body: Ask) => ok(api.POST("/workspaces/ask", { body })) });
}
