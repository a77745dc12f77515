import { Anchor, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../api";
import { AssetLink, EntryChange, useEventName } from "../../record";
import { routes, Time } from "../../shared";
import type { Act, Person, Subject } from "./digest";
import classes from "./Subjects.module.css";

/** mostActs and mostFields are how much of one asset is told here; the trail tells the rest. */
const mostActs = 4;
const mostFields = 4;

/** Subjects lists what one person did, asset by asset, with before, after and reason. */
export function Subjects({ person, label }: { person: Person; label: string }) {
  const { t } = useTranslation(["today", "common"]);
  return (
    <Table verticalSpacing={4} horizontalSpacing="xs" layout="fixed" fz="xs" aria-label={label} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={130}>{t("common:words.asset")}</Table.Th>
          <Table.Th>{t("news.change")}</Table.Th>
          <Table.Th w="28%">{t("common:words.reason")}</Table.Th>
          <Table.Th w={110}>{t("common:words.time")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {person.subjects.map((subject) => (
          <Rows key={subject.id} subject={subject} person={person} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Rows({ subject, person }: { subject: Subject; person: Person }) {
  const { t } = useTranslation("today");
  const acts = subject.acts.slice(0, mostActs);
  const rest = subject.acts.length - acts.length;
  const more = { member: person.id, ...(subject.stream && { stream: subject.stream }) };
  return (
    <>
      {acts.map((act, at) => (
        <Table.Tr key={act.id}>
          {at === 0 && (
            <Table.Th scope="row" rowSpan={acts.length + (rest > 0 ? 1 : 0)}>
              <About row={act.rows[0]} />
            </Table.Th>
          )}
          <Table.Td>
            <Changes act={act} />
          </Table.Td>
          <Table.Td>{act.rows[0].reason}</Table.Td>
          <Table.Td>{act.rows[0].recorded_at && <Time at={act.rows[0].recorded_at} as="ago" />}</Table.Td>
        </Table.Tr>
      ))}
      {rest > 0 && (
        <Table.Tr>
          <Table.Td colSpan={3}>
            <Anchor size="xs" renderRoot={(props) => <Link {...props} to={routes.trail} search={more} />}>
              {t("news.rest", { count: rest })}
            </Anchor>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function Changes({ act }: { act: Act }) {
  const { t } = useTranslation("today");
  const rest = act.rows.length - mostFields;
  return (
    <>
      {act.rows.slice(0, mostFields).map((row) => (
        <div key={row.field}>
          <EntryChange row={row} />
        </div>
      ))}
      {rest > 0 && (
        <Text size="xs" c="dimmed">
          {t("news.rest", { count: rest })}
        </Text>
      )}
    </>
  );
}

/** About names the asset, or else the kind of document; what is about members and keys is about neither, and said in full beside it. */
function About({ row }: { row: TrailRow }) {
  const nameOf = useEventName();
  if (row.stream === null) return "–";
  return row.tag === null ? nameOf(row.type) : <AssetLink asset={{ id: row.stream, tag: row.tag }} />;
}
