import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Remote, RemoteRemoved } from "../../../api";
import { Failure, tell } from "../../../shared";
import { useRemoveRemote } from "../api/remove";

/** Remove says what forgetting a place does, and does it. */
export function Remove({ remote, onClose }: { remote: Remote; onClose: () => void }) {
  const { t } = useTranslation("sync");
  const remove = useRemoveRemote();
  const done = useDone();
  const does = { folder: t("remove.folder"), merging: t("remove.service"), sealed: t("remove.sealed") };
  const confirm = () =>
    remove.mutate(remote.name, {
      onSuccess: (removed) => {
        done(removed);
        onClose();
      },
    });
  return (
    <Modal opened onClose={onClose} title={t("remove.title", { name: remote.name })}>
      <Stack>
        <Text size="sm">{does[remote.mode]}</Text>
        {remote.unsent > 0 && <Text size="sm">{t("remove.unsent", { count: remote.unsent })}</Text>}
        {remove.isError && <Failure error={remove.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("remove.cancel")}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={confirm}>
            {t("remove.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** useDone says what removing did: whether a grant ended, and who knows of it. */
function useDone(): (removed: RemoteRemoved) => void {
  const { t } = useTranslation("sync");
  return ({ name, ended, told, reason }) => {
    const heard = told ? t("remove.told") : t("remove.notTold", { reason: reason ?? "" });
    tell(ended ? `${t("remove.ended")} ${heard}` : t("remove.done", { name }), t("remove.done", { name }));
  };
}
