import { Button, Group, List, Text, ThemeIcon } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rebuilt } from "../../api";
import { Answer, Failure, JobProgress, useJob } from "../../shared";
import { startRebuild } from "./api/rebuild";
import { useDoctor } from "./api/doctor";
import { Section } from "./Section";

/** Doctor looks at this laptop's set-up and says what to do about what it finds. */
export function Doctor() {
  const { t } = useTranslation(["settings", "common"]);
  const [wanted, setWanted] = useState(false);
  const checks = useDoctor(wanted);
  const job = useJob<Rebuilt>("rebuild");
  return (
    <Section title={t("doctor.title")} lead={t("doctor.lead")}>
      {wanted && (
        <Answer query={checks}>
          {(list) => (
            <List spacing="xs" size="sm" center aria-label={t("doctor.title")}>
              {list.map(({ kind, ok, count, about }) => (
                <List.Item
                  key={kind}
                  icon={
                    <ThemeIcon size="sm" radius="xl" color={ok ? "green" : "orange"} variant="light" aria-hidden>
                      {ok ? <IconCheck size={14} /> : <IconAlertTriangle size={14} />}
                    </ThemeIcon>
                  }
                >
                  <Text size="sm" className="path">
                    <b>{ok ? t("doctor.good") : t("doctor.bad")}</b> {t(`doctor.found.${kind}`, { count, about })}
                  </Text>
                </List.Item>
              ))}
            </List>
          )}
        </Answer>
      )}
      {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
      {job.problem && <Failure error={job.problem} />}
      {job.result && (
        <Text size="sm" role="status">
          {t("doctor.rebuilt", { events: job.result.events })}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" disabled={job.running} onClick={() => void job.run(startRebuild)}>
          {t("doctor.rebuild")}
        </Button>
        <Button
          variant="default"
          loading={checks.isFetching}
          onClick={() => {
            setWanted(true);
            if (wanted) void checks.refetch();
          }}
        >
          {t("doctor.submit")}
        </Button>
      </Group>
    </Section>
  );
}
