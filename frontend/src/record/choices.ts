import type { Field } from "../api";
import { useTranslation } from "react-i18next";
import { definedWords } from "../i18n";
import { useDefinitions } from "./definitions";

interface Choice {
  value: string;
  label: string;
}

/** useChoices gives what a choice, role or flag may be, with words for people. */
export function useChoices(field: Field): Choice[] {
  const show = useShow();
  const values = field.type === "flag" ? ["yes", "no"] : field.enum;
  return values.map((value) => ({ value, label: show(field, value) }));
}

/** useShow gives the words for a field's text: in_service reads "in service", and a role as the definitions call it. */
export function useShow(): (field: Field, value: string) => string {
  const { t, i18n } = useTranslation();
  const { roles } = useDefinitions();
  const words = definedWords(i18n.language);
  return (field, value) => {
    switch (field.type) {
      case "role":
        return roles.find((role) => role.name === value)?.label ?? value;
      case "flag":
        return value === "yes" ? t("words.yes") : value === "no" ? t("words.no") : value;
      case "choice":
        return words?.choices[value] ?? value.replaceAll("_", " ");
      default:
        return value;
    }
  };
}
