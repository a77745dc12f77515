import { Alert, Button, Card, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconCloud, IconCloudLock, IconCloudQuestion, IconRefresh, IconUsb } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Remote, RemoteSynced } from "../../../api";
import { Time } from "../../../shared";
import { Outcome } from "../outcome/Outcome";
import { Refused } from "./Refused";

interface Props {
  remote: Remote;
  /** synced is what the last sync on this screen did with it; null before. */
  synced: RemoteSynced | null;
  busy: boolean;
  onSync: () => void;
  /** onBegin begins anew in its folder, which holds nothing of this record. */
  onBegin: () => void;
  onRemove: () => void;
}

const icons = { folder: IconUsb, merging: IconCloud, sealed: IconCloudLock };

/** RemoteCard shows one place to sync: what it is, when it was last reached, what it lacks. */
export function RemoteCard({ remote, synced, busy, onSync, onBegin, onRemove }: Props) {
  const { t } = useTranslation("sync");
  const Icon = icons[remote.mode];
  return (
    <Card withBorder padding="sm" component="section" aria-label={remote.name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group wrap="nowrap" align="flex-start" miw={0}>
            <ThemeIcon variant="light" size="lg" aria-hidden>
              <Icon size={20} />
            </ThemeIcon>
            <div style={{ minWidth: 0 }}>
              <Text component="h2" fw={600}>
                {remote.name}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`mode.${remote.mode}`)} · <span className="mono">{remote.url}</span>
                {remote.second && ` ${t("second", { url: remote.second })}`}
              </Text>
              <Text size="sm">
                {remote.last_sync ? (
                  <>
                    {t("last")} <Time at={remote.last_sync} as="ago" />
                  </>
                ) : (
                  t("never")
                )}
                {" · "}
                {remote.unsent > 0 ? t("unsent.some", { count: remote.unsent }) : t("unsent.none")}
              </Text>
            </div>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              size="xs"
              leftSection={<IconRefresh size={14} aria-hidden />}
              disabled={busy}
              aria-label={t("syncNamed", { name: remote.name })}
              onClick={onSync}
            >
              {t("syncOne")}
            </Button>
            <Button size="xs" variant="default" disabled={busy} aria-label={t("remove.label", { name: remote.name })} onClick={onRemove}>
              {t("remove.button")}
            </Button>
          </Group>
        </Group>
        {remote.unchecked && (
          <Alert color="yellow" role="status" icon={<IconCloudQuestion aria-hidden />} title={t("unchecked.title", { url: remote.unchecked })}>
            {t("unchecked.text")}
          </Alert>
        )}
        {synced && <Outcome synced={synced} unsent={remote.unsent} onBegin={onBegin} />}
        <Refused refused={remote.refused} />
      </Stack>
    </Card>
  );
}
