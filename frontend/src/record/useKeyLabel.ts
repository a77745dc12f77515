import { useTranslation } from "react-i18next";
import type { TrailRow } from "../api";
import { entityNamed, useDefinitions, type EntityName } from "./definitions";
import { keyLabel } from "./keyLabel";

/** The keys of the record itself, which no form shows and so no definition names. */
const own = { unit: "key.unit", void: "key.void", merged_into: "key.merged_into" } as const;

/** useKeyLabel names what a row of the trail changed: a field, a member of a set, a field of a further interface, or a key of the record itself. */
export function useKeyLabel(): (row: Pick<TrailRow, "type" | "field">) => string {
  const { t } = useTranslation("record");
  const { fieldOf } = useDefinitions();
  return ({ type, field }) => {
    if (field === null) return "";
    if (field in own) return t(own[field as keyof typeof own]);
    return field.includes("/") ? keyLabel(field, (name) => fieldOf(name, entityOf(type)), t("change.removed")) : fieldOf(field, entityOf(type)).label;
  };
}

/** entityOf is whose definitions name the fields of an event. */
export const entityOf = (type: string): EntityName => entityNamed(type.split(".")[0]);
