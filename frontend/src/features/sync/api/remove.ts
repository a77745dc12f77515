import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, keys, ok } from "../../../api";

/** useRemoveRemote forgets a place to sync; an owner who removes a service ends its grant. */
export function useRemoveRemote() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => ok(api.DELETE("/remotes/{name}", { params: { path: { name } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.record() }),
  });
}
