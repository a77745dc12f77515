import { IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { homes, stageOf, useRunningWork } from "../../shared";
import { Item } from "./Item";

/** RunningJob says what goes on after its screen was left, and leads there. */
export function RunningJob() {
  const { t } = useTranslation();
  const work = useRunningWork();
  if (!work) return null;
  const { name, job } = work;
  const title = t(`job.kind.${name}`);
  const percent = job && job.total > 0 ? ` ${Math.floor((100 * job.done) / job.total)} %` : "";
  return <Item icon={IconLoader2} label={`${title}${percent}`} more={stageOf(job) || title} to={homes[name].screen} tone="busy" />;
}
