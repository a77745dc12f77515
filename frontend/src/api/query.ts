import { MutationCache, notifyManager, QueryCache, QueryClient } from "@tanstack/react-query";
import { keys } from "./keys";
import { Problem } from "./problem";
import { soon } from "./soon";

notifyManager.setScheduler(soon());

/** closing are the codes after which the page has to ask anew in which phase the program is. */
const closing = new Set(["locked", "none", "session"]);

/** newQueryClient is the cache of a page: what was asked stays fresh until the record's revision moves. */
export function newQueryClient(): QueryClient {
  const noticed = (error: Error) => {
    if (error instanceof Problem && closing.has(error.code)) void client.invalidateQueries({ queryKey: keys.state });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: noticed }),
    mutationCache: new MutationCache({ onError: noticed }),
    defaultOptions: {
      queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  // What goes on is not asked for but followed, and stays known while no screen shows it.
  client.setQueryDefaults(keys.work(), { gcTime: Infinity });
  return client;
}
