import { Button } from "@mantine/core";
import { IconArrowMerge } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "../../api";
import { ReasonModal, tell } from "../../shared";
import { useMerge } from "./api/merge";

/** Merge joins two assets that are the same thing registered twice; the person says which of them stays. */
export function Merge({ assets }: { assets: readonly Subject[] }) {
  const { t } = useTranslation("findings");
  const [kept, setKept] = useState<Subject | null>(null);
  const [opened, setOpened] = useState(false);
  const merge = useMerge();
  if (assets.length !== 2) return null;
  const other = assets.find((asset) => asset.id !== kept?.id);
  const names = { name: kept?.label ?? "", other: other?.label ?? "" };
  const confirm = async (reason: string) => {
    if (!kept || !other) return;
    await merge.mutateAsync({ ref: other.id, into: kept.id, reason });
    tell(t("actions.merged", names));
  };
  return (
    <>
      {assets.map((asset) => (
        <Button
          key={asset.id}
          size="xs"
          variant="default"
          leftSection={<IconArrowMerge size={14} />}
          onClick={() => {
            merge.reset();
            setKept(asset);
            setOpened(true);
          }}
        >
          {t("actions.merge", { name: asset.label })}
        </Button>
      ))}
      <ReasonModal
        opened={opened}
        title={t("actions.mergeTitle", names)}
        action={t("actions.mergeConfirm")}
        danger
        busy={merge.isPending}
        error={merge.error}
        onConfirm={(reason) => void confirm(reason).catch(() => undefined)}
        onClose={() => setOpened(false)}
      >
        {t("actions.mergeText", names)}
      </ReasonModal>
    </>
  );
}
