import { api, ok, type SyncReport } from "../../../api";
import { useJob } from "../../../shared";

/** useSync exchanges entries with one place, or with all. */
export function useSync() {
  const running = useJob<SyncReport>();
  const start = (remote: string | null) => running.run(() => ok(api.POST("/sync", { body: remote === null ? {} : { remote } })));
  return { ...running, start };
}
