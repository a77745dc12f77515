import { Button, Radio, Stack, Text } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conflict } from "../../../api";
import { ReasonModal } from "../../../record";
import { tell, Time } from "../../../shared";
import { useResolve } from "../api/resolve";
import styles from "./facts.module.css";

interface Props {
  conflict: Conflict;
  writable: boolean;
}

/** Concurrent shows at a field every value that people gave it at the same time, with who, when, on which device and why, and decides between them. */
export function Concurrent({ conflict, writable }: Props) {
  const { t } = useTranslation("asset");
  const [deciding, setDeciding] = useState(false);
  return (
    <div className={styles.values} role="group" aria-label={t("conflict.title", { count: conflict.values.length })}>
      <Text size="xs" fw={600}>
        <IconArrowsSplit2 size={14} aria-hidden /> {t("conflict.title", { count: conflict.values.length })}
      </Text>
      <ul>
        {conflict.values.map((value, at) => (
          <li key={`${value.device} ${value.value}`}>
            <Text span inherit fw={600}>
              {value.display || t("facts.empty")}
            </Text>{" "}
            {at === 0 && <Text span inherit>({t("conflict.current")}) </Text>}
            <Who value={value} />
          </li>
        ))}
      </ul>
      {writable && (
        <Button size="compact-xs" className="no-print" onClick={() => setDeciding(true)}>
          {t("conflict.decide")}
        </Button>
      )}
      {deciding && <Decision conflict={conflict} onClose={() => setDeciding(false)} />}
    </div>
  );
}

function Who({ value: { member, device, recorded_at: at, reason } }: { value: Conflict["values"][number] }) {
  const { t } = useTranslation("asset");
  return (
    <Text span inherit c="dimmed">
      {t("conflict.who", { member, device: device.slice(0, 8) })}
      {at && (
        <>
          , <Time at={at} />
        </>
      )}
      {reason && `: ${reason}`}
    </Text>
  );
}

function Decision({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
  const { t } = useTranslation("asset");
  const [keep, setKeep] = useState(conflict.values[0]?.value ?? "");
  const resolve = useResolve();
  const confirm = (reason: string) =>
    resolve.mutate(
      { id: conflict.id, keep, seen: conflict.values.map(({ value }) => value), reason },
      {
        onSuccess: () => {
          onClose();
          tell(t("conflict.decided"));
        },
      },
    );
  return (
    <ReasonModal opened title={t("conflict.decideTitle")} action={t("conflict.keep")} busy={resolve.isPending} error={resolve.error} onConfirm={confirm} onClose={onClose}>
      <Radio.Group value={keep} onChange={setKeep} label={t("conflict.which")}>
        <Stack gap="xs" mt="xs">
          {conflict.values.map((value) => (
            <Radio key={`${value.device} ${value.value}`} value={value.value} label={value.display || t("facts.empty")} description={<Who value={value} />} />
          ))}
        </Stack>
      </Radio.Group>
    </ReasonModal>
  );
}
