import { Button, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Answer, useFormats } from "../../shared";
import { useActivity } from "./api/activity";
import { shown, type Day } from "./days";
import { Section } from "./Section";
import classes from "./Today.module.css";

/** Activity shows how many entries each of the last days brought, as a picture or as a table. */
export function Activity() {
  const { t } = useTranslation("today");
  const [now] = useState(() => new Date());
  const [table, setTable] = useState(false);
  const activity = useActivity(now);
  return (
    <Section
      title={t("activity.title")}
      actions={
        <Button size="compact-xs" variant="subtle" onClick={() => setTable(!table)}>
          {t(table ? "activity.picture" : "activity.table")}
        </Button>
      }
    >
      <Answer query={activity}>{(days) => (table ? <Listed days={days} /> : <Picture days={days} />)}</Answer>
    </Section>
  );
}

/** The picture's own measures; it is stretched to the width there is. */
const height = 72;
const step = 12;

function Picture({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation("today");
  const format = useFormats();
  const total = days.reduce((sum, day) => sum + day.count, 0);
  const most = Math.max(1, ...days.map((day) => day.count));
  const range = t("activity.range", { count: total, days: shown });
  // A square root keeps quiet days in sight beside the day of an import.
  const tall = (count: number) => (count === 0 ? 0 : Math.max(3, (height - 2) * Math.sqrt(count / most)));
  return (
    <>
      <svg className={classes.bars} viewBox={`0 0 ${days.length * step} ${height}`} preserveAspectRatio="none" role="img" aria-label={range}>
        <rect className={classes.floor} x={0} y={height - 1} width={days.length * step} height={1} />
        {days.map((day, at) => (
          <rect key={day.at} className={classes.bar} x={at * step + 1} width={step - 2} y={height - tall(day.count)} height={tall(day.count)} />
        ))}
      </svg>
      <Text size="xs" c="dimmed" mt={4}>
        {days[0] && format.day(days[0].at)} – {t("title")} · {range}
      </Text>
    </>
  );
}

function Listed({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation("today");
  const format = useFormats();
  const busy = days.filter((day) => day.count > 0).reverse();
  return (
    <Table verticalSpacing={2} aria-label={t("activity.title")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("activity.day")}</Table.Th>
          <Table.Th ta="right">{t("activity.entries")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {busy.map((day) => (
          <Table.Tr key={day.at}>
            <Table.Td>{format.day(day.at)}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {format.number(day.count)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
