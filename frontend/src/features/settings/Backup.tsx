import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useProgramState, type Exported } from "../../api";
import { deliver, destination, Failure, JobProgress, routes, useFormats, useJob } from "../../shared";
import { startBackup } from "./api/backup";
import { Section } from "./Section";

/** Backup writes all of this laptop's record to one file, and leads to where one is restored. */
export function Backup() {
  const { t } = useTranslation("settings");
  const { workspace } = useProgramState();
  const { bytes } = useFormats();
  const job = useJob<Exported>("backup");
  const start = async () => {
    const target = await destination(fileName(workspace?.name ?? ""));
    if (!target) return;
    await job.run(() => startBackup(target), { take: deliver });
  };
  const done = job.result;
  return (
    <Section title={t("backup.title")} lead={t("backup.lead")}>
      {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
      {job.problem && <Failure error={job.problem} />}
      {done && (
        <Text size="sm" role="status" className="path">
          {t("backup.done", { name: done.path ?? done.name, bytes: bytes(done.bytes), rows: done.rows })}
        </Text>
      )}
      <Group justify="space-between">
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.start} search={{ way: "restore" }} />}>
          {t("backup.restore")}
        </Anchor>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          disabled={job.running}
          onClick={() => void start()}
        >
          {t("backup.submit")}
        </Button>
      </Group>
    </Section>
  );
}

/** fileName makes a name that every file system takes, with the day in it. */
function fileName(workspace: string): string {
  const plain = workspace.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
  return `${plain || "fieldbook"}-${new Date().toISOString().slice(0, 10)}.fieldbook`;
}
