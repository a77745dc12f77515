import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Exported } from "../../../api";
import { deliver, destination, Failure, tell, useJob } from "../../../shared";
import { startRefused } from "../api/refused";

interface Props {
  /** job is the import, or the trial of one, that refused them. */
  job: string;
  file: string;
}

/** SaveRefused writes the rows that were refused as the list has them, with the reason of each, to be mended and imported again. */
export function SaveRefused({ job, file }: Props) {
  const { t } = useTranslation("import");
  const writing = useJob<Exported>("refused");
  const save = async () => {
    const where = await destination(t("refused.file", { name: file.replace(/\.\w+$/, "") }));
    if (!where) return;
    const last = await writing.run(() => startRefused(job, where), { take: deliver });
    if (last?.state !== "done") return;
    const result = last.result as Exported;
    writing.reset();
    tell(t("refused.saved", { count: result.rows, name: result.path ?? result.name }));
  };
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} loading={writing.running} onClick={() => void save()}>
        {t("refused.save")}
      </Button>
      {writing.problem && <Failure error={writing.problem} />}
    </>
  );
}
