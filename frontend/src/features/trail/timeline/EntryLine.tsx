import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../../api";
import { AssetLink, EntryChange, useDefinitions, useEventName } from "../../../record";
import type { Filter } from "../filter/filter";
import { EntryMenu } from "./EntryMenu";
import classes from "./Feed.module.css";
import type { Entry } from "./group";
import { ordered } from "./ordered";
import { Marks } from "./Marks";
import { Times, Who } from "./Times";

interface Props {
  entry: Entry;
  inside: boolean;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  labelId: string;
}

/** few is how many fields of an entry are told at first. */
const few = 6;

/** EntryLine tells one entry: when, who, what became of what, and why. In an open batch the head has told all but what. */
export function EntryLine({ entry, inside, filter, onFilter, labelId }: Props) {
  const { t } = useTranslation("trail");
  const [all, setAll] = useState(false);
  const eventName = useEventName();
  const { entities } = useDefinitions();
  const { head } = entry;
  const changes = ordered(entry.changes, entities.asset);
  const [only] = changes;
  const shown = all ? changes : changes.slice(0, few);
  const rest = changes.length - shown.length;
  return (
    <div className={inside ? `${classes.entry} ${classes.inside}` : classes.entry}>
      {inside ? <div /> : <Times row={head} />}
      {inside ? <div /> : <Who row={head} />}
      <div className={classes.what}>
        <div className={classes.head}>
          <Text span inherit fw={600} id={labelId}>
            {eventName(head.type)}
            {head.tag !== null && head.stream !== null && (
              <>
                {" "}
                <AssetLink asset={{ id: head.stream, tag: head.tag }} />
              </>
            )}
          </Text>
          {changes.length === 1 && only && <EntryChange row={only} />}
          <Marks row={head} inside={inside} />
        </div>
        {changes.length > 1 && (
          <ul className={classes.changes}>
            {shown.map((row) => (
              <li key={row.field} data-wide={isWide(row) || undefined}>
                <EntryChange row={row} />
              </li>
            ))}
          </ul>
        )}
        {changes.length > few && (
          <Button size="compact-xs" variant="subtle" ml={-8} onClick={() => setAll(!all)}>
            {rest > 0 ? t("entry.all", { count: rest }) : t("entry.fewer")}
          </Button>
        )}
        {!inside && head.reason !== null && <div className={classes.reason}>{t("entry.because", { reason: head.reason })}</div>}
      </div>
      <EntryMenu entry={entry} filter={filter} onFilter={onFilter} />
    </div>
  );
}

/** isWide tells a change that needs a line of its own. */
function isWide({ before, after }: TrailRow): boolean {
  return (before ?? "").length + (after ?? "").length > 40;
}
