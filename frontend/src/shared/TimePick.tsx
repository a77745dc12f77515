import { DateTimePicker, type DateTimePickerProps } from "@mantine/dates";
import { useTranslation } from "react-i18next";
import { useAppearance } from "./appearance";
import { momentOf, pickedOf } from "./picked";

interface Props extends Omit<DateTimePickerProps, "value" | "onChange" | "maxDate"> {
  /** value is a moment in UTC, as onChange gives it; null is none. */
  value: string | null | undefined;
  /** edge says whether the first or the last moment of the minute is meant that is picked. */
  edge: "start" | "end";
  onChange: (at: string | null) => void;
  /** past leaves out the days to come. */
  past?: boolean;
}

/** TimePick picks a minute, in the time in which the person reads all times. */
export function TimePick({ value, edge, onChange, past = false, ...look }: Props) {
  const { i18n } = useTranslation();
  const { appearance } = useAppearance();
  const zone = appearance.times;
  const today = past ? pickedOf(new Date().toISOString(), zone)?.slice(0, 10) : null;
  return (
    <DateTimePicker
      locale={i18n.language}
      valueFormat="YYYY-MM-DD HH:mm"
      clearable
      {...look}
      {...(today && { maxDate: today })}
      value={pickedOf(value, zone)}
      onChange={(picked) => onChange(picked ? momentOf(picked, zone, edge) : null)}
    />
  );
}
