import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Failure } from "../shared";

/** Crash is what is shown in place of a screen that failed while it was drawn; the rest of the window goes on. */
export function Crash({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack p="md" maw={720} align="flex-start">
      <Failure error={error} title={t("failure.crash")} retry={reset} />
      <Button variant="default" onClick={() => window.location.reload()}>
        {t("failure.reload")}
      </Button>
    </Stack>
  );
}
