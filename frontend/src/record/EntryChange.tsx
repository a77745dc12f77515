import { Spoiler, VisuallyHidden } from "@mantine/core";
import { IconArrowNarrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../api";
import { AssetName } from "./AssetName";
import { useDefinitions, type EntityName } from "./definitions";
import classes from "./EntryChange.module.css";
import { FieldValue } from "./FieldValue";
import { keyLabel, referenceOf, shortened } from "./keyLabel";
import { useEventName } from "./names";

interface Props {
  row: Pick<TrailRow, "type" | "field" | "before" | "after">;
}

/** long is from how many characters on a text is folded up on the screen; paper shows all of it. */
const long = 240;

/** EntryChange tells one row of the trail: the field with its value before and after, or what happened where no field changed. */
export function EntryChange({ row }: Props) {
  const { t } = useTranslation("record");
  const nameOf = useEventName();
  const { fieldOf } = useDefinitions();
  if (row.field === null) return <span>{nameOf(row.type)}</span>;
  const entity = entityOf(row.type);
  const field = fieldOf(row.field, entity);
  const before = shortened(row.before ?? "");
  const after = shortened(row.after ?? "");
  const asset = referenceOf(row.field, row.after ?? "");
  const label = row.field.includes("/") ? keyLabel(row.field, (name) => fieldOf(name, entity), t("change.removed")) : field.label;
  if (asset !== null) {
    return (
      <span className={classes.change}>
        <span className={classes.field}>{t(row.field === "merged_into" ? "change.into" : "change.about")}</span>
        <AssetName id={asset} />
      </span>
    );
  }
  const change = (
    <span className={classes.change}>
      <span className={classes.field}>{label}</span>
      {before !== "" && (
        <>
          <del className={classes.before}>
            <FieldValue field={field} value={before} />
          </del>
          <IconArrowNarrowRight size={14} aria-hidden className={classes.arrow} />
          <VisuallyHidden>{t("change.became")}</VisuallyHidden>
        </>
      )}
      <ins className={classes.after}>
        <FieldValue field={field} value={after} empty={t("change.empty")} />
      </ins>
    </span>
  );
  if (before.length + after.length < long) return change;
  return (
    <Spoiler maxHeight={64} showLabel={t("change.more")} hideLabel={t("change.less")}>
      {change}
    </Spoiler>
  );
}

/** entityOf is whose definitions name the fields of an event; what has none of its own uses the assets'. */
function entityOf(type: string): EntityName {
  const entity = type.split(".")[0];
  return entity === "note" || entity === "site" ? entity : "asset";
}
