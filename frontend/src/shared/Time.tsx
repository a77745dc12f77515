import { Tooltip } from "@mantine/core";
import { useAppearance } from "./appearance";
import { useFormats } from "./formats";
import { useNow } from "./now";

interface Props {
  at: string;
  /** as: moment (to the minute) unless told otherwise. */
  as?: "moment" | "instant" | "day" | "clock" | "ago";
  /** still leaves the time out of the order of the Tab key, for tables where a row speaks for itself. */
  still?: boolean;
}

/** Time shows a moment as the person reads it, and the other of local time and UTC on hover and focus; paper shows UTC. */
export function Time({ at, as = "moment", still = false }: Props) {
  const format = useFormats();
  const { appearance } = useAppearance();
  const now = useNow();
  const shown = as === "ago" ? format.ago(at, now) : format[as](at);
  const utc = format.utc(at);
  const other = appearance.times === "utc" ? new Date(at).toLocaleString() : utc;
  return (
    <Tooltip label={as === "ago" ? `${format.instant(at)} · ${utc}` : other} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} tabIndex={still ? undefined : 0} className="tabular">
        <span className="no-print">{shown}</span>
        <span className="print-only">{utc}</span>
      </time>
    </Tooltip>
  );
}
