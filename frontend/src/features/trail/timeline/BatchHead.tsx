import { Button, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useEventName } from "../../../record";
import type { Filter } from "../filter/filter";
import classes from "./Feed.module.css";
import type { Batch } from "./group";
import { Marks } from "./Marks";
import { Times, Who } from "./Times";

interface Props {
  batch: Batch;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  labelId: string;
}

/** BatchHead tells once what all entries of one act have in common: when, who, what kind and why. To those of a folded one it leads by the filter. */
export function BatchHead({ batch, filter, onFilter, labelId }: Props) {
  const { t } = useTranslation("trail");
  const eventName = useEventName();
  const head = batch.entries[0]?.head;
  if (!head) return null;
  const { count } = batch;
  const kinds = batch.types.map(eventName);
  const at = head.act && head.recorded_at;
  return (
    <div className={classes.entry}>
      <Times row={head} />
      <Who row={head} />
      <div className={classes.what}>
        <div className={classes.head}>
          <Text span inherit fw={600} id={labelId}>
            {count !== null && `${t("entry.entries", { count })}: `}
            {kinds.slice(0, 3).join(", ")}
          </Text>
          <Marks row={head} />
        </div>
        {head.reason !== null && <div className={classes.reason}>{t("entry.because", { reason: head.reason })}</div>}
        {at && (
          <Button
            size="compact-xs"
            variant="subtle"
            ml={-8}
            leftSection={<IconChevronRight size={14} />}
            onClick={() => onFilter({ ...filter, device: head.device, since: at, until: at })}
          >
            {t("entry.open", { count: count ?? 0 })}
          </Button>
        )}
      </div>
    </div>
  );
}
