import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api";

interface Props {
  error: unknown;
  title?: string | undefined;
  retry?: (() => void) | undefined;
}

/** Failure says what went wrong and what to do about it, in the words of the program. */
export function Failure({ error, title, retry }: Props) {
  const { t } = useTranslation();
  const { detail, hint } = useProblemText(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title ?? t("failure.title")} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{detail}</Text>
        {hint && <Text size="sm">{hint}</Text>}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t("actions.retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** useProblemText gives the two sentences of any failure. */
export function useProblemText(error: unknown): { detail: string; hint: string } {
  const { t } = useTranslation();
  const problem = problemOf(error);
  if (problem.code === "gone") return { detail: t("failure.gone"), hint: t("failure.goneHint") };
  return {
    detail: problem.message || t("failure.internal"),
    hint: problem.hint || (problem.code === "internal" ? t("failure.internalHint") : ""),
  };
}
