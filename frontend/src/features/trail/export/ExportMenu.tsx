import { Button, Menu, Modal } from "@mantine/core";
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Exported } from "../../../api";
import { deliver, destination, Failure, JobProgress, tell, useJob } from "../../../shared";
import { startExport, type Format } from "../api/export";
import type { Filter } from "../filter/filter";

/** ExportMenu writes the trail, as it is filtered, into a file of the person's choice. */
export function ExportMenu({ filter }: { filter: Filter }) {
  const { t } = useTranslation(["trail", "common"]);
  const job = useJob<Exported>("trail");
  const run = async (format: Format) => {
    const place = await destination(`audit-trail.${format}`);
    if (place === null) return;
    const last = await job.run(() => startExport(format, filter, place), { take: deliver });
    if (last?.state !== "done") return;
    const done = last.result as Exported;
    tell(done.path === null ? t("export.done", { count: done.rows }) : t("export.doneTo", { count: done.rows, file: done.path }));
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} disabled={job.running}>
            {t("export.do")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileTypeCsv size={16} />} onClick={() => void run("csv")}>
            {t("export.csv")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileSpreadsheet size={16} />} onClick={() => void run("xlsx")}>
            {t("export.xlsx")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={job.running || job.problem !== null} onClose={job.running ? job.cancel : job.reset} title={t("export.running")}>
        {job.problem ? <Failure error={job.problem} /> : <JobProgress job={job.job} onCancel={job.cancel} />}
      </Modal>
    </>
  );
}
