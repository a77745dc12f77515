import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { useAppearance } from "./appearance";

/** Formats writes moments and numbers as the person's language does. */
export interface Formats {
  /** moment: day and time to the minute, in the time the person chose. */
  moment: (at: string) => string;
  /** instant: to the second. */
  instant: (at: string) => string;
  day: (at: string) => string;
  clock: (at: string) => string;
  /** utc: to the second, always in UTC, as 2026-11-23 04:35:12 UTC. */
  utc: (at: string) => string;
  /** ago: how long before `now` (milliseconds since 1970), as "3 minutes ago". */
  ago: (at: string, now: number) => string;
  number: (value: number) => string;
  bytes: (value: number) => string;
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** useFormats gives the formats of the language and time zone in use. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const { appearance } = useAppearance();
  const locale = localeOf(i18n.language);
  return useMemo(() => formats(locale, appearance.times === "utc" ? "UTC" : undefined), [locale, appearance.times]);
}

export function formats(locale: string, timeZone?: string): Formats {
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    return (at: string) => format.format(new Date(at));
  };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = new Intl.NumberFormat(locale);
  const zone = timeZone === "UTC" ? ({ timeZoneName: "short" } as const) : {};
  return {
    moment: date({ day: "2-digit", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone }),
    instant: date({ day: "2-digit", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", ...zone }),
    day: date({ day: "2-digit", month: "short", year: "numeric" }),
    clock: date({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    utc: (at) => `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`,
    ago: (at, now) => ago(relative, (new Date(at).getTime() - now) / 1000),
    number: (value) => number.format(value),
    bytes: (value) => bytes(locale, value),
  };
}

function ago(format: Intl.RelativeTimeFormat, seconds: number): string {
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  // A moment that is only seconds old reads "now": the count would be wrong before it is read.
  return unit === "second" ? format.format(0, unit) : format.format(Math.round(seconds / size), unit);
}

function bytes(locale: string, value: number): string {
  const steps = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), steps.length - 1);
  const unit = steps[step] ?? "byte";
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(value / 1000 ** step);
}
