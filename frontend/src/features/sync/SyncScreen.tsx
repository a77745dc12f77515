import { Button, Card, Stack, Text } from "@mantine/core";
import { IconPlus, IconRefresh, IconUsb } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState, type Remote } from "../../api";
import { Answer, Empty, Failure, JobProgress, Page, useAddress } from "../../shared";
import { Add } from "./add/Add";
import { useRemotes } from "./api/remotes";
import { useSync } from "./api/sync";
import { Receipts } from "./remotes/Receipts";
import { RemoteCard } from "./remotes/RemoteCard";
import { Remove } from "./remotes/Remove";

/** SyncScreen shows where entries go and come from, and exchanges them. */
export function SyncScreen() {
  const { t } = useTranslation("sync");
  const { me } = useProgramState();
  const [{ add = false, now = false }, change] = useAddress("sync");
  const [leaving, setLeaving] = useState<Remote | null>(null);
  const remotes = useRemotes();
  const sync = useSync();
  const start = (name: string | null, begin = false) => void sync.start(name, begin);
  // The palette asks for a sync by the address, once.
  const begin = useEffectEvent(() => {
    change({ now: undefined });
    start(null);
  });
  useEffect(() => {
    if (now) begin();
  }, [now]);
  const close = () => change({ add: undefined });
  const adding = (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ add: true })}>
      {t("add")}
    </Button>
  );
  return (
    <Page
      title={t("title")}
      actions={
        <>
          {adding}
          <Button
            leftSection={<IconRefresh size={16} aria-hidden />}
            disabled={sync.running || !remotes.data?.length}
            onClick={() => start(null)}
          >
            {t("all")}
          </Button>
        </>
      }
    >
      <Stack maw={960}>
        <Text size="sm" c="dimmed">
          {t("lead")}
        </Text>
        {sync.running && (
          <Card withBorder padding="sm">
            <JobProgress job={sync.job} onCancel={sync.cancel} />
          </Card>
        )}
        {sync.job?.state === "cancelled" && <Text role="status">{t("cancelled")}</Text>}
        {sync.problem && <Failure error={sync.problem} />}
        <Answer query={remotes}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon={IconUsb} title={t("empty.title")} action={adding}>
                {t("empty.text")}
              </Empty>
            ) : (
              list.map((remote) => (
                <RemoteCard
                  key={remote.name}
                  remote={remote}
                  synced={sync.result?.remotes.find((synced) => synced.name === remote.name) ?? null}
                  busy={sync.running}
                  onSync={() => start(remote.name)}
                  onBegin={() => start(remote.name, true)}
                  onRemove={() => setLeaving(remote)}
                />
              ))
            )
          }
        </Answer>
        {me && remotes.data && remotes.data.length > 0 && <Receipts />}
      </Stack>
      {add && (
        <Add
          onClose={close}
          onSync={(name) => {
            close();
            start(name);
          }}
        />
      )}
      {leaving && <Remove remote={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  );
}
