import { Button, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useEventName } from "../../../record";
import classes from "./Feed.module.css";
import type { Batch } from "./group";
import { Marks } from "./Marks";
import { Times, Who } from "./Times";

interface Props {
  batch: Batch;
  open: boolean;
  growing: boolean;
  onTurn: () => void;
  labelId: string;
}

/** BatchHead tells once what all entries of one act have in common: when, who, what kind and why. */
export function BatchHead({ batch, open, growing, onTurn, labelId }: Props) {
  const { t } = useTranslation("trail");
  const eventName = useEventName();
  const head = batch.entries[0]?.head;
  if (!head) return null;
  const kinds = [...new Set(batch.entries.map((entry) => eventName(entry.head.type)))];
  const count = batch.entries.length;
  return (
    <div className={classes.entry}>
      <Times row={head} />
      <Who row={head} />
      <div className={classes.what}>
        <div className={classes.head}>
          <Text span inherit fw={600} id={labelId}>
            {growing ? t("entry.entriesMore", { count }) : t("entry.entries", { count })}: {kinds.slice(0, 3).join(", ")}
          </Text>
          <Marks row={head} />
        </div>
        {head.reason !== null && <div className={classes.reason}>{t("entry.because", { reason: head.reason })}</div>}
        <Button
          size="compact-xs"
          variant="subtle"
          ml={-8}
          aria-expanded={open}
          leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          onClick={onTurn}
        >
          {t(open ? "entry.close" : "entry.open")}
        </Button>
      </div>
    </div>
  );
}
