import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Problem } from "../api";
import { Failure } from "../shared";

/** Crash is what is shown in place of a screen that failed while it was drawn, or of a page that the program answers with a problem. */
export function Crash({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack p="md" maw={720} align="flex-start">
      <Failure error={error} title={error instanceof Problem ? undefined : t("failure.crash")} retry={reset} />
      <Button variant="default" onClick={() => window.location.reload()}>
        {t("failure.reload")}
      </Button>
    </Stack>
  );
}
