import { Spoiler, VisuallyHidden } from "@mantine/core";
import { IconArrowNarrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../api";
import { AssetName } from "./AssetName";
import { useDefinitions } from "./definitions";
import classes from "./EntryChange.module.css";
import { FieldValue } from "./FieldValue";
import { referenceOf, shortened } from "./keyLabel";
import { useEventName } from "./names";
import { entityOf, useKeyLabel } from "./useKeyLabel";

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
  const labelOf = useKeyLabel();
  if (row.field === null) return <span>{nameOf(row.type)}</span>;
  const field = fieldOf(row.field, entityOf(row.type));
  const before = shortened(row.before ?? "");
  const after = shortened(row.after ?? "");
  const asset = referenceOf(row.field, row.after ?? "");
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
      <span className={classes.field}>{labelOf(row)}</span>
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
