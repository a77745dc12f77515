import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowLeft, IconDatabaseImport } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "../../api";
import { Failure, JobProgress, ReasonInput, useReasons, type Running } from "../../shared";
import { Report } from "./report/Report";

interface Props {
  report: ImportReport;
  /** job is the trial that the report is of. */
  job: string;
  write: Running<ImportReport>;
  reason: string;
  onReason: (reason: string) => void;
  onBack: () => void;
  onWrite: () => void;
}

/** Check shows what taking the list would do, row by row, and takes it for a reason. */
export function Check({ report, job, write, reason, onReason, onBack, onWrite }: Props) {
  const { t } = useTranslation("import");
  const [asked, setAsked] = useState(false);
  const { remember } = useReasons();
  const { totals, sites } = report;
  const writes = totals.created + totals.updated;
  const submit = () => {
    setAsked(true);
    if (reason.trim() === "") return;
    remember(reason.trim());
    onWrite();
  };
  return (
    <Stack gap="xs" flex={1} mih={0}>
      <Text size="sm">
        {t("check.lead", { count: totals.rows })} {sites.length > 0 && t("check.sites", { sites: sites.join(", ") })}
      </Text>
      <Report report={report} job={job} />
      {write.problem && <Failure error={write.problem} />}
      {write.job?.state === "cancelled" && <Alert role="status">{t("write.cancelled")}</Alert>}
      {write.running ? (
        <JobProgress job={write.job} onCancel={write.cancel} />
      ) : (
        <Group align="end" gap="sm" wrap="nowrap">
          <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
            {t("check.back")}
          </Button>
          {writes === 0 ? (
            <Text flex={1} ta="right">
              {t("write.nothing")}
            </Text>
          ) : (
            <>
              <ReasonInput
                flex={1}
                required
                label={t("write.reason")}
                description={totals.refused > 0 ? t("write.refusedToo", { count: totals.refused }) : t("write.reasonHelp")}
                placeholder={t("write.placeholder")}
                value={reason}
                onChange={onReason}
                error={asked && reason.trim() === "" ? t("write.needReason") : null}
              />
              <Button leftSection={<IconDatabaseImport size={16} aria-hidden />} onClick={submit}>
                {t("write.button", { count: writes })}
              </Button>
            </>
          )}
        </Group>
      )}
    </Stack>
  );
}
