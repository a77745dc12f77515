import { api, ok, type SyncReport } from "../../../api";
import { useJob } from "../../../shared";

/** useSync exchanges entries with one place, or with all; with begin in a folder that holds nothing of this record yet. */
export function useSync() {
  const running = useJob<SyncReport>("sync");
  const start = (remote: string | null, begin = false) =>
    running.run(() => ok(api.POST("/sync", { body: remote === null ? {} : { remote, ...(begin && { begin }) } })));
  return { ...running, start };
}
