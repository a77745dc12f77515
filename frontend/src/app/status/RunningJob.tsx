import { IconLoader2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, keys, ok, type Job } from "../../api";
import { Item } from "./Item";

/** pace is how often a running job is asked for, in milliseconds; without one only the record's revision asks. */
const pace = 1000;

/** home is the screen that a kind of job belongs to. */
const home: Record<Job["kind"], "assets" | "import" | "settings" | "sync" | "trail"> = {
  backup: "settings",
  bulk: "assets",
  export: "assets",
  import: "import",
  rebuild: "settings",
  restore: "settings",
  sample: "import",
  sync: "sync",
  verify: "trail",
};

/** RunningJob says what goes on in the program after its screen was left. */
export function RunningJob() {
  const { t } = useTranslation("app");
  const { data } = useQuery({
    queryKey: keys.record("jobs"),
    queryFn: ({ signal }) => ok(api.GET("/jobs", { signal })),
    refetchInterval: (query) => (query.state.data?.some(isRunning) ? pace : false),
  });
  const job = data?.find(isRunning);
  if (!job) return null;
  const percent = job.total > 0 ? ` ${Math.floor((100 * job.done) / job.total)} %` : "";
  return <Item icon={IconLoader2} label={`${t(`jobs.${job.kind}`)}${percent}`} more={job.stage || t(`jobs.${job.kind}`)} to={home[job.kind]} tone="busy" />;
}

function isRunning(job: Job): boolean {
  return job.state === "running";
}
