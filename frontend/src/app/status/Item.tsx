import { Tooltip } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { routes, type Screen } from "../../shared";
import classes from "./Item.module.css";

interface Props {
  icon: Icon;
  label: string;
  /** more is the whole sentence, in reach of pointer, keyboard and screen reader. */
  more: string;
  to: Exclude<Screen, "asset">;
  tone?: "calm" | "busy" | "warn";
}

/** Item is one fact of the status bar: an icon and words, and the way to the screen that knows more. */
export function Item({ icon: Mark, label, more, to, tone = "calm" }: Props) {
  return (
    <Tooltip label={more} events={{ hover: true, focus: true, touch: true }} position="top">
      <Link to={routes[to]} className={classes.item} data-tone={tone}>
        <Mark size={15} stroke={1.8} aria-hidden className={classes.mark} />
        <span>{label}</span>
      </Link>
    </Tooltip>
  );
}
