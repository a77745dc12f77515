import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../../api";

/** useRemoveRemote forgets a place to sync; an owner who removes a service ends its grant. */
export function useRemoveRemote() {
  return useMutation({
    mutationFn: (name: string) => ok(api.DELETE("/remotes/{name}", { params: { path: { name } } })),
  });
}
