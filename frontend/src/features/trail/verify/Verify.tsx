import { Alert, Button, Checkbox, Group, Paper, Select, Stack, Text } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStatus, type Verified } from "../../../api";
import { native } from "../../../native";
import { Failure, JobProgress, useJob } from "../../../shared";
import { startVerify, type Check } from "../api/verify";
import { Result } from "./Result";

const folder = "folder:";

/** Verify proves, or refutes, that the record is what its authors signed, and says in plain words what came out. */
export function Verify() {
  const { t } = useTranslation("trail");
  const { data: status } = useStatus();
  const job = useJob<Verified>("verify");
  const [deep, setDeep] = useState(false);
  const [against, setAgainst] = useState<string | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const choices = (status?.remotes ?? []).map((remote) => ({ value: remote.name, label: remote.name }));
  if (native.kind === "window") choices.push({ value: folder, label: path ?? t("verify.folder") });
  const choose = async (value: string | null) => {
    if (value === folder) {
      const picked = await native.pickFolder();
      if (picked === null) return;
      setPath(picked);
    }
    setAgainst(value);
  };
  const run = async () => {
    const name = against === folder ? path : against;
    const other: Check["against"] = against === null ? null : against === folder ? { path: path ?? "" } : { remote: against };
    await job.run(() => startVerify({ deep, against: other }), { about: name });
  };
  return (
    <Stack gap="sm" maw={860}>
      <Paper withBorder p="sm" className="no-print">
        <Stack gap="sm">
          <Text size="sm">{t("verify.intro")}</Text>
          <Checkbox label={t("verify.deep")} description={t("verify.deepHelp")} checked={deep} disabled={job.running} onChange={(event) => setDeep(event.currentTarget.checked)} />
          <Select
            maw={420}
            label={t("verify.against")}
            description={t("verify.againstHelp")}
            placeholder={t("verify.nothing")}
            data={choices}
            value={against}
            onChange={(value) => void choose(value)}
            disabled={job.running}
            clearable
          />
          {choices.length === 0 && <Text size="sm">{t("verify.noFolder")}</Text>}
          <Group>
            <Button leftSection={<IconShieldCheck size={16} />} disabled={job.running} onClick={() => void run()}>
              {t(job.result ? "verify.again" : "verify.run")}
            </Button>
          </Group>
          {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
          {job.problem && <Failure error={job.problem} />}
        </Stack>
      </Paper>
      {job.job?.state === "cancelled" && <Alert role="status">{t("verify.cancelled")}</Alert>}
      {job.result && job.job && <Result result={job.result} against={job.about} at={job.job.started_at} />}
    </Stack>
  );
}
