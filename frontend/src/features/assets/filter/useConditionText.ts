import { useTranslation } from "react-i18next";
import { useDefinitions, useShow } from "../../../record";
import type { Condition } from "./condition";

/** useConditionText reads a condition as a sentence: "Zone is RAV-Z1". */
export function useConditionText(): (condition: Condition) => string {
  const { t } = useTranslation("assets");
  const { fieldOf } = useDefinitions();
  const show = useShow();
  return ({ field, operator, value }) => {
    const known = fieldOf(field);
    return `${known.label} ${t(`filter.word.${operator}`)} ${operator === "has" ? value : show(known, value)}`.trim();
  };
}
