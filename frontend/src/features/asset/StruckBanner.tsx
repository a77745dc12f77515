import { Alert, Button, Group, Text } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState, type Asset } from "../../api";
import { Time } from "../../shared";
import { useLatest } from "./api/history";
import { UndoModal } from "./history/UndoModal";

/** StruckBanner says of a struck entry who struck it, when and why, and takes that back for whoever may. */
export function StruckBanner({ asset, asOf }: { asset: Asset; asOf: string }) {
  const { t } = useTranslation("asset");
  const [undoing, setUndoing] = useState(false);
  const { data: entry } = useLatest(asset.id, "asset.voided", asOf);
  const role = useProgramState().me?.role ?? "";
  const undoable = !asOf && entry?.undoable && ["owner", "engineer"].includes(role);
  return (
    <Alert color="red" p="xs" icon={<IconBan aria-hidden />}>
      <Group justify="space-between">
        <div>
          <Text size="sm" fw={600}>
            {t("banner.void", { reason: asset.void })}
          </Text>
          <Text size="sm">
            {entry?.recorded_at && (
              <>
                {t("banner.voidedBy", { member: entry.member })}, <Time at={entry.recorded_at} />.{" "}
              </>
            )}
            {t("banner.voidHelp")}
          </Text>
        </div>
        {undoable && (
          <Button size="compact-sm" variant="default" className="no-print" onClick={() => setUndoing(true)}>
            {t("banner.unvoid")}
          </Button>
        )}
      </Group>
      {undoing && entry && <UndoModal row={entry} onClose={() => setUndoing(false)} />}
    </Alert>
  );
}
