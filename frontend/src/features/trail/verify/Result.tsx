import { Alert, Button, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertOctagon, IconClockPause, IconPrinter, IconShieldCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Verified } from "../../../api";
import { Time } from "../../../shared";
import { Checked } from "./Checked";
import { Places } from "./Places";
import { adviceOf, type Advice } from "./told";

interface Props {
  result: Verified;
  /** against names what it was compared with; null is nothing. */
  against: string | null;
  at: string;
}

/** Result says what was checked, what holds, what does not, and what to do now. */
export function Result({ result, against, at }: Props) {
  const { t } = useTranslation(["trail", "common"]);
  return (
    <Paper withBorder p="sm">
      <Stack gap="md">
        <div role="status">
          <Verdict result={result} />
        </div>
        <section>
          <Title order={2} size="h6">
            {t("verify.checked")}
          </Title>
          <Checked result={result} against={against} />
        </section>
        {result.violations.length > 0 && (
          <section>
            <Title order={2} size="h6">
              {t("verify.places")}
            </Title>
            <Places violations={result.violations} />
          </section>
        )}
        <section>
          <Title order={2} size="h6">
            {t("verify.todo")}
          </Title>
          <List size="sm" spacing={4}>
            {adviceOf(result.violations, result.unverified).map((advice) => (
              <List.Item key={advice}>{t(sentences[advice])}</List.Item>
            ))}
          </List>
        </section>
        <Group justify="space-between">
          <Text size="xs" c="dimmed" component="div">
            {t("verify.at")} <Time at={at} as="instant" />
          </Text>
          <Button size="xs" variant="default" leftSection={<IconPrinter size={14} />} className="no-print" onClick={() => window.print()}>
            {t("common:actions.print")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

const sentences = {
  ok: "verify.todoOk",
  incomplete: "verify.incompleteDo",
  keep: "verify.todoKeep",
  restore: "verify.todoRestore",
  tell: "verify.todoTell",
  rebuild: "verify.todoRebuild",
  rollback: "verify.todoRollback",
  remote: "verify.todoRemote",
} as const satisfies Record<Advice, string>;

function Verdict({ result }: { result: Verified }) {
  const { t } = useTranslation("trail");
  if (result.violations.length > 0) {
    return (
      <Alert color="red" icon={<IconAlertOctagon aria-hidden />} title={t("verify.bad")}>
        {t("verify.badText", { count: result.violations.length })}
      </Alert>
    );
  }
  if (result.unverified > 0) {
    return (
      <Alert color="orange" icon={<IconClockPause aria-hidden />} title={t("verify.incomplete")}>
        {t("verify.incompleteText", { count: result.unverified })}
      </Alert>
    );
  }
  return (
    <Alert color="teal" icon={<IconShieldCheck aria-hidden />} title={t("verify.ok")}>
      {t("verify.okText")}
    </Alert>
  );
}
