import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../../api";
import { useDefinitions, useEventName } from "../../../record";
import { useFormats } from "../../../shared";
import { filterNames, type Filter } from "../filter/filter";
import { useSourceName, useStateName } from "../names";

/** useFilterWords tells a filter to people. Whom and what an id means is taken from the rows that it let through. */
export function useFilterWords(filter: Filter, rows: readonly TrailRow[]): string[] {
  const { t } = useTranslation("trail");
  const format = useFormats();
  const eventName = useEventName();
  const sourceName = useSourceName();
  const stateName = useStateName();
  const { fieldOf } = useDefinitions();
  const [first] = rows;
  const wordOf = (name: keyof Filter, value: string): string => {
    switch (name) {
      case "member":
        return first?.member ?? value;
      case "asset":
      case "stream":
        return first?.tag ?? value;
      case "device":
        return value.slice(0, 8);
      case "field":
        return fieldOf(value).label;
      case "type":
        return eventName(value);
      case "source":
        return sourceName(value);
      case "state":
        return stateName(value);
      case "since":
      case "until":
        return format.utc(value);
    }
  };
  return filterNames.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [`${t(`print.filter.${name}`)} ${wordOf(name, value)}`];
  });
}
