import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, keys, ok } from "../api";
import { flushDrafts } from "../shared";

/** useLock closes the record: drafts first, then the program forgets its keys and the page what it read. */
export function useLock(): () => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: async () => {
      await flushDrafts(client);
      await ok(api.POST("/lock"));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.state }),
  });
  return () => mutate();
}
