import { Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Exported } from "../../api";
import { deliver, destination, Failure, JobProgress, tell, useJob } from "../../shared";
import { startExport, type Format } from "./api/export";
import type { ListQuery } from "./api/list";

/** useExport gives the function that exports a list, and what is to be shown while it runs. */
export function useExport(query: ListQuery) {
  const { t } = useTranslation("assets");
  const job = useJob<Exported>("export");
  const run = async (format: Format) => {
    const where = await destination(`assets.${format}`);
    if (!where) return;
    const last = await job.run(() => startExport(format, query, where), { take: deliver });
    if (last?.state !== "done") return;
    const result = last.result as Exported;
    job.reset();
    tell(t("export.done", { count: result.rows, name: result.path ?? result.name }));
  };
  const shown = (job.running || job.problem !== null) && (
    <Modal opened onClose={job.running ? job.cancel : job.reset} title={t("export.title")}>
      <Stack>
        {job.problem ? <Failure error={job.problem} /> : <JobProgress job={job.job} onCancel={job.cancel} />}
      </Stack>
    </Modal>
  );
  return { run, shown };
}
