import { Alert, Button, Group, Stack } from "@mantine/core";
import { IconCircleCheck, IconDownload, IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "../../api";
import { base64Of, native } from "../../native";
import { routes } from "../../shared";
import { csvOf } from "./report/csv";
import { Report } from "./report/Report";

/** Done says what became of the list, and leads on. */
export function Done({ report, onNext }: { report: ImportReport; onNext: () => void }) {
  const { t } = useTranslation("import");
  const { totals } = report;
  const wrote = totals.created + totals.updated > 0;
  const save = async () => {
    const rows = report.rows.filter((row) => row.result === "refused");
    const header = [t("csv.row"), t("csv.tag"), t("csv.message")];
    const text = csvOf(header, rows.map((row) => [String(row.row), row.tag ?? "", row.message ?? ""]));
    const name = `${t("done.refusedFile")}.csv`;
    await native.save(name, base64Of(new TextEncoder().encode(text).buffer));
  };
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
        {totals.refused > 0 && (
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save()}>
            {t("done.refused")}
          </Button>
        )}
        <Button variant="default" onClick={onNext}>
          {t("done.next")}
        </Button>
      </Group>
      <Report report={report} />
    </Stack>
  );
}
