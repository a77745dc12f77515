import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RemoteSynced, SyncReport } from "../../api";
import { useProblemText } from "../../shared";

/** Outcome says in a sentence what became of each exchange. */
export function Outcome({ result }: { result: SyncReport }) {
  return (
    <div role="status">
      {result.remotes.map((remote) => (
        <One key={remote.name} remote={remote} />
      ))}
    </div>
  );
}

function One({ remote }: { remote: RemoteSynced }) {
  const { t } = useTranslation("today");
  const problem = useProblemText(remote.error);
  if (!remote.error) {
    return (
      <Alert color="teal" p="xs" icon={<IconCheck aria-hidden />}>
        <Text size="sm">{t("sent.done", { name: remote.name, sent: remote.sent, received: remote.received })}</Text>
      </Alert>
    );
  }
  return (
    <Alert color="red" p="xs" icon={<IconAlertTriangle aria-hidden />}>
      <Text size="sm">{t("sent.failed", { name: remote.name, detail: problem.detail })}</Text>
      {problem.hint && <Text size="sm">{problem.hint}</Text>}
    </Alert>
  );
}
