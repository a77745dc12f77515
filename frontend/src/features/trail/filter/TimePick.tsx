import { DateTimePicker } from "@mantine/dates";
import { useTranslation } from "react-i18next";
import { useAppearance } from "../../../shared";
import { momentOf, pickedOf } from "./time";

interface Props {
  label: string;
  value: string | undefined;
  edge: "start" | "end";
  onChange: (value: string | null) => void;
  clearable?: boolean;
}

/** TimePick picks a minute, in the time zone in which the person reads all times. */
export function TimePick({ label, value, edge, onChange, clearable = true }: Props) {
  const { i18n } = useTranslation();
  const { appearance } = useAppearance();
  const zone = appearance.times;
  return (
    <DateTimePicker
      size="xs"
      w={180}
      aria-label={label}
      placeholder={label}
      locale={i18n.language}
      valueFormat="DD MMM YYYY HH:mm"
      defaultTimeValue={edge === "end" ? "23:59:00" : "00:00:00"}
      value={pickedOf(value, zone)}
      onChange={(picked) => onChange(picked ? momentOf(picked, zone, edge) : null)}
      clearable={clearable}
    />
  );
}
