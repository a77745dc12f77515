import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../../api";
import { Time } from "../../../shared";

/** Times tells when an entry was recorded by its author's clock and, beside it, when others vouch for it. */
export function Times({ row }: { row: TrailRow }) {
  const { t } = useTranslation("trail");
  return (
    <div>
      {row.recorded_at ? <Time at={row.recorded_at} as="instant" /> : <Text size="sm">–</Text>}
      {row.received_at && (
        <Text size="xs" c="dimmed" component="div">
          {t("entry.received")} <Time at={row.received_at} />
        </Text>
      )}
      {row.observed_at && (
        <Text size="xs" c="dimmed" component="div">
          {t("entry.observed")} <Time at={row.observed_at} />
        </Text>
      )}
    </div>
  );
}

/** Who names the author and the laptop. */
export function Who({ row }: { row: TrailRow }) {
  const { t } = useTranslation("trail");
  return (
    <div>
      <Text size="sm">{row.member}</Text>
      <Text size="xs" c="dimmed">
        {t("entry.on")} <span className="mono">{row.device.slice(0, 8)}</span>
      </Text>
    </div>
  );
}
