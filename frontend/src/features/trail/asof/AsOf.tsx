import { Alert, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconClockOff, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Answer, Empty, useFormats } from "../../../shared";
import { useSpan } from "../api/span";
import { Plant } from "./Plant";
import { Slider } from "./Slider";

/** pieces is how many bars the picture behind the slider has. */
const pieces = 120;

interface Props {
  /** at is the time in the address; what is no time stands for now. */
  at: string;
  onAt: (at: string) => void;
}

/** AsOf shows the whole plant as it stood at a time that a slider, a date picker or a step from entry to entry sets. */
export function AsOf({ at, onAt }: Props) {
  const { t } = useTranslation("trail");
  const format = useFormats();
  const span = useSpan({}, pieces);
  const [asked] = useDebouncedValue(at, 200);
  return (
    <Answer query={span}>
      {({ first, last, buckets }) => {
        if (first === null || last === null) return <Empty icon={IconClockOff} title={t("asof.empty")} />;
        const now = Math.max(Date.parse(last), Date.parse(first) + 1000);
        const time = clamp(Date.parse(at), Date.parse(first), now);
        const shown = new Date(clamp(Date.parse(asked), Date.parse(first), now)).toISOString();
        return (
          <>
            <Alert variant="light" p={8} mb="xs" icon={<IconLock aria-hidden />}>
              <Text size="sm" span fw={600}>
                {t("asof.showing", { time: format.instant(shown) })}
              </Text>{" "}
              <Text size="sm" span>
                {t("asof.notice")}
              </Text>
              <span className="print-only"> {format.utc(shown)}</span>
            </Alert>
            <Slider first={Date.parse(first)} last={now} at={time} buckets={buckets} onAt={(next) => onAt(new Date(next).toISOString())} />
            <Plant key={shown} at={shown} />
          </>
        );
      }}
    </Answer>
  );
}

/** clamp keeps a time within the record; what is no time becomes its end. */
function clamp(value: number, least: number, most: number): number {
  return Number.isNaN(value) ? most : Math.min(Math.max(value, least), most);
}
