import { useTranslation } from "react-i18next";

/** useSourceName gives the words for where an entry came from. */
export function useSourceName(): (source: string) => string {
  const { t } = useTranslation("trail");
  const names: Partial<Record<string, string>> = t("source", { returnObjects: true });
  return (source) => names[source] ?? source;
}

/** useStateName gives the words for what became of an entry. */
export function useStateName(): (state: string) => string {
  const { t } = useTranslation("trail");
  const names: Partial<Record<string, string>> = t("state", { returnObjects: true });
  return (state) => names[state] ?? state;
}
