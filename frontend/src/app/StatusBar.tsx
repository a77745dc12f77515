import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LastSync } from "./status/LastSync";
import { RunningJob } from "./status/RunningJob";
import { Saving } from "./status/Saving";
import { Unsent } from "./status/Unsent";
import { Who } from "./status/Who";

/** StatusBar is what is always in sight: what became of the last edit, the last sync, what is unsent, and who acts in which role. */
export function StatusBar() {
  const { t } = useTranslation("app");
  return (
    <Group h="100%" px="xs" gap="xs" justify="space-between" wrap="nowrap" component="section" aria-label={t("status.label")}>
      <Group gap="xs" wrap="nowrap">
        <Saving />
        <RunningJob />
      </Group>
      <Group gap="xs" wrap="nowrap">
        <LastSync />
        <Unsent />
        <Who />
      </Group>
    </Group>
  );
}
