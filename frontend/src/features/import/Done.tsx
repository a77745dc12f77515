import { Alert, Button, Group, Stack } from "@mantine/core";
import { IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "../../api";
import { routes } from "../../shared";
import { Report } from "./report/Report";

/** Done says what became of the list, and leads on. */
export function Done({ report, job, onNext }: { report: ImportReport; job: string; onNext: () => void }) {
  const { t } = useTranslation("import");
  const { totals } = report;
  const wrote = totals.created + totals.updated > 0;
  return (
    <Stack gap="xs" flex={1} mih={0}>
      <Alert
        role="status"
        color={wrote ? "green" : "gray"}
        icon={wrote ? <IconCircleCheck aria-hidden /> : <IconInfoCircle aria-hidden />}
        title={wrote ? t("done.title") : t("done.none")}
      >
        {t("done.summary", { ...totals })}
      </Alert>
      <Group gap="xs">
        <Button renderRoot={(props) => <Link {...props} to={routes.assets} />}>{t("done.assets")}</Button>
        <Button variant="default" renderRoot={(props) => <Link {...props} to={routes.trail} search={{ source: "import" }} />}>
          {t("done.trail")}
        </Button>
        <Button variant="default" onClick={onNext}>
          {t("done.next")}
        </Button>
      </Group>
      <Report report={report} job={job} />
    </Stack>
  );
}
