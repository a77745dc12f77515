import dayjs from "dayjs";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);

/** Zone is in which time a person reads and picks. */
export type Zone = "local" | "utc";

/** pickedOf writes a moment as the date picker reads it, to the minute; null is none. */
export function pickedOf(at: string | null | undefined, zone: Zone): string | null {
  if (!at || !dayjs(at).isValid()) return null;
  return (zone === "utc" ? dayjs.utc(at) : dayjs(at)).format("YYYY-MM-DD HH:mm:ss");
}

/** momentOf reads what the date picker gives. Edge says whether the first or the last moment of that minute is meant. */
export function momentOf(picked: string, zone: Zone, edge: "start" | "end"): string {
  const minute = (zone === "utc" ? dayjs.utc(picked) : dayjs(picked)).startOf("minute");
  return (edge === "start" ? minute : minute.endOf("minute")).toISOString();
}
