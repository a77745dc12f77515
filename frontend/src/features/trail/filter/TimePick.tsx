import { TimePick as Pick } from "../../../shared";

interface Props {
  label: string;
  value: string | undefined;
  edge: "start" | "end";
  onChange: (value: string | null) => void;
  clearable?: boolean;
}

/** TimePick is small enough for a row of filters; a day alone means all of it. */
export function TimePick({ label, edge, ...picked }: Props) {
  return (
    <Pick
      size="xs"
      w={180}
      aria-label={label}
      placeholder={label}
      valueFormat="DD MMM YYYY HH:mm"
      defaultTimeValue={edge === "end" ? "23:59:00" : "00:00:00"}
      edge={edge}
      {...picked}
    />
  );
}
