import { useTranslation } from "react-i18next";

/** useEventName gives the words for a type of event, as asset.retired; one that this program does not know is named as it is. */
export function useEventName(): (type: string) => string {
  const { t } = useTranslation("record");
  const names: Partial<Record<string, Partial<Record<string, string>>>> = t("event", { returnObjects: true });
  return (type) => {
    const [entity = "", verb = ""] = type.split(".");
    return names[entity]?.[verb] ?? type;
  };
}

/** useFindingName gives the words for a kind of finding, as duplicate_serial. */
export function useFindingName(): (kind: string) => string {
  const { t } = useTranslation("record");
  const names: Partial<Record<string, string>> = t("finding", { returnObjects: true });
  return (kind) => names[kind] ?? kind;
}
