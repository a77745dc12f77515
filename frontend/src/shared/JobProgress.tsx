import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../api";
import { native } from "../native";
import { stageOf } from "./stage";

interface Props {
  /** job is null between the start and the program's first answer. */
  job: Job | null;
  onCancel?: (() => void) | undefined;
}

/** JobProgress shows how far a long piece of work is, and ways to end it and to hear of its end elsewhere. */
export function JobProgress({ job, onCancel }: Props) {
  const { t } = useTranslation();
  const [ask, setAsk] = useState(() => native.mayAsk());
  const known = job !== null && job.total > 0;
  const percent = known ? Math.min(100, (100 * job.done) / job.total) : 100;
  const stage = stageOf(job) || t("job.running");
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" role="status">
          {stage}
        </Text>
        {known && (
          <Text size="sm" c="dimmed" className="tabular">
            {t("job.progress", { done: job.done, total: job.total })}
          </Text>
        )}
      </Group>
      <Group gap="sm" wrap="nowrap">
        <Progress.Root size="lg" flex={1}>
          <Progress.Section value={percent} animated={!known} striped={!known} aria-label={stage} aria-hidden={!known} />
        </Progress.Root>
        {ask && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              setAsk(false);
              native.ask();
            }}
          >
            {t("job.notify")}
          </Button>
        )}
        {onCancel && (
          <Button size="xs" variant="default" onClick={onCancel}>
            {t("job.cancel")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
