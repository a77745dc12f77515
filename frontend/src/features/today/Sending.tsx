import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCloudUpload, IconRefresh } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useStatus, type Remote, type Status, type SyncReport } from "../../api";
import { Answer, Failure, JobProgress, routes, Time, useJob } from "../../shared";
import { startSync } from "./api/sync";
import { Outcome } from "./Outcome";
import { Section } from "./Section";
import classes from "./Sending.module.css";

/** Sending says what has not left this laptop, to whom it would go and when they last met, and starts an exchange. */
export function Sending() {
  const { t } = useTranslation("today");
  const status = useStatus();
  const job = useJob<SyncReport>("sync");
  const sync = (remote: string | null) => void job.run(() => startSync(remote));
  return (
    <Section
      title={t("sent.title")}
      actions={
        status.data &&
        status.data.remotes.length > 0 && (
          <Button size="xs" leftSection={<IconRefresh size={14} />} disabled={job.running} onClick={() => sync(null)}>
            {t("sent.now")}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <Answer query={status}>{(data) => <Remotes status={data} busy={job.running} onSync={sync} />}</Answer>
        {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
        {job.problem && <Failure error={job.problem} />}
        {job.result && <Outcome result={job.result} />}
      </Stack>
    </Section>
  );
}

interface Props {
  status: Status;
  busy: boolean;
  onSync: (remote: string) => void;
}

function Remotes({ status, busy, onSync }: Props) {
  const { t } = useTranslation("today");
  if (status.remotes.length === 0) {
    return (
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t("sent.unsent", { count: status.unsent })}</Text>
        <Text size="sm">{t("sent.none")}</Text>
        <Button size="xs" variant="default" renderRoot={(props) => <Link {...props} to={routes.sync} search={{ add: true }} />}>
          {t("sent.add")}
        </Button>
      </Stack>
    );
  }
  return (
    <>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <IconCloudUpload size={18} aria-hidden className={classes.mark} />
        <Text size="sm">{status.unsent > 0 ? t("sent.unsent", { count: status.unsent }) : t("sent.allSent")}</Text>
      </Group>
      <ul className={classes.remotes} aria-label={t("sent.remotes")}>
        {status.remotes.map((remote) => (
          <Line key={remote.name} remote={remote} busy={busy} onSync={onSync} />
        ))}
      </ul>
    </>
  );
}

function Line({ remote, busy, onSync }: { remote: Remote; busy: boolean; onSync: (remote: string) => void }) {
  const { t } = useTranslation("today");
  return (
    <li className={classes.remote}>
      <div>
        <Text size="sm" fw={600}>
          {remote.name}
        </Text>
        <Text size="xs">{remote.unsent > 0 ? t("sent.waiting", { count: remote.unsent }) : t("sent.current")}</Text>
        <Text size="xs" c="dimmed" component="div">
          {remote.last_sync ? (
            <>
              {t("sent.last")} <Time at={remote.last_sync} as="ago" />
            </>
          ) : (
            t("sent.never")
          )}
        </Text>
      </div>
      <Button size="compact-sm" variant="default" disabled={busy} onClick={() => onSync(remote.name)} aria-label={t("sent.with", { name: remote.name })}>
        {t("sent.one")}
      </Button>
    </li>
  );
}
