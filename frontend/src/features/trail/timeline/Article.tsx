import type { Ref } from "react";
import { useId } from "react";
import { useFormats } from "../../../shared";
import type { Filter } from "../filter/filter";
import { BatchHead } from "./BatchHead";
import { EntryLine } from "./EntryLine";
import classes from "./Feed.module.css";
import type { Item } from "./items";

interface Props {
  item: Item;
  index: number;
  /** count is how many lines there are; -1 while older ones are not loaded. */
  count: number;
  start: number;
  /** reached is the one line that the Tab key stops at. */
  reached: boolean;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  ref: Ref<HTMLElement>;
}

/** Article is one line of the feed, with the day above it where a day begins. */
export function Article({ item, index, count, start, reached, filter, onFilter, ref }: Props) {
  const format = useFormats();
  const id = useId();
  return (
    <article
      ref={ref}
      data-index={index}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the articles of a feed take the focus, by the pattern of WAI-ARIA
      tabIndex={reached ? 0 : -1}
      aria-labelledby={id}
      aria-posinset={index + 1}
      aria-setsize={count}
      className={classes.line}
      style={{ transform: `translateY(${start}px)` }}
    >
      {item.day !== null && (
        <div className={classes.day} role="heading" aria-level={2}>
          {format.day(item.day)}
        </div>
      )}
      {item.kind === "batch" ? (
        <BatchHead batch={item.batch} filter={filter} onFilter={onFilter} labelId={id} />
      ) : (
        <EntryLine entry={item.entry} inside={item.inside} filter={filter} onFilter={onFilter} labelId={id} />
      )}
    </article>
  );
}
