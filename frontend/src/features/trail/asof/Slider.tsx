import { Button, Group, Slider as Bar } from "@mantine/core";
import { IconPlayerSkipBack, IconPlayerSkipForward, IconPlayerTrackNext } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrailSpan } from "../../../api";
import { Failure, useFormats } from "../../../shared";
import { useNeighbour } from "../api/neighbour";
import { TimePick } from "../filter/TimePick";
import { Histogram } from "./Histogram";
import classes from "./Slider.module.css";

interface Props {
  /** first, last and at are in milliseconds since 1970. */
  first: number;
  last: number;
  at: number;
  buckets: TrailSpan["buckets"];
  onAt: (at: number) => void;
}

/** steps is how many presses of an arrow key lead from one end to the other. */
const steps = 240;

/** Slider sets the time; behind it one sees when much was entered. While it is dragged only its label follows. */
export function Slider({ first, last, at, buckets, onAt }: Props) {
  const { t } = useTranslation("trail");
  const format = useFormats();
  const [dragged, setDragged] = useState<number | null>(null);
  const neighbour = useNeighbour(onAt);
  const value = dragged ?? at;
  const told = (time: number) => format.instant(new Date(time).toISOString());
  return (
    <div className="no-print">
      <div className={classes.frame}>
        <Histogram first={first} last={last} at={value} buckets={buckets} />
        <Bar
          classNames={{ root: classes.bar ?? "" }}
          min={first}
          max={last}
          step={Math.max(1, Math.round((last - first) / steps))}
          value={value}
          label={told}
          thumbLabel={t("asof.slider")}
          thumbValueText={told}
          onChange={setDragged}
          onChangeEnd={(next) => {
            setDragged(null);
            onAt(next);
          }}
        />
      </div>
      <Group gap="xs" mb="xs">
        <TimePick label={t("asof.exact")} value={new Date(value).toISOString()} edge="end" onChange={(next) => next && onAt(Date.parse(next))} clearable={false} />
        <Button size="xs" variant="default" leftSection={<IconPlayerSkipBack size={14} />} disabled={value <= first} loading={neighbour.isPending} onClick={() => neighbour.mutate({ at: value, way: "earlier" })}>
          {t("asof.earlier")}
        </Button>
        <Button size="xs" variant="default" rightSection={<IconPlayerSkipForward size={14} />} disabled={value >= last} loading={neighbour.isPending} onClick={() => neighbour.mutate({ at: value, way: "later" })}>
          {t("asof.later")}
        </Button>
        <Button size="xs" variant="default" rightSection={<IconPlayerTrackNext size={14} />} disabled={value >= last} onClick={() => onAt(last)}>
          {t("asof.now")}
        </Button>
      </Group>
      {neighbour.error && <Failure error={neighbour.error} />}
    </div>
  );
}
