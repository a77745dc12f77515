import { Anchor, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../api";
import { AssetLink, EntryChange, useEventName } from "../../record";
import { routes, Time } from "../../shared";
import type { Person, Subject } from "./digest";

/** shown is how many changes of one asset are told here; the trail tells the rest. */
const shown = 4;

/** Subjects lists what one person changed, asset by asset, with before, after and reason. */
export function Subjects({ person, label }: { person: Person; label: string }) {
  const { t } = useTranslation(["today", "common"]);
  return (
    <Table verticalSpacing={4} horizontalSpacing="xs" layout="fixed" aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={150}>{t("common:words.asset")}</Table.Th>
          <Table.Th>{t("news.change")}</Table.Th>
          <Table.Th w="30%">{t("common:words.reason")}</Table.Th>
          <Table.Th w={105}>{t("common:words.time")}</Table.Th>
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
  const rows = subject.rows.slice(0, shown);
  const rest = subject.rows.length - rows.length;
  return (
    <>
      {rows.map((row, at) => (
        <Table.Tr key={`${row.hash}-${row.field ?? ""}`}>
          {at === 0 && (
            <Table.Th scope="row" rowSpan={rows.length + (rest > 0 ? 1 : 0)} style={{ verticalAlign: "top" }}>
              <About row={row} />
            </Table.Th>
          )}
          <Table.Td>
            <EntryChange row={row} />
          </Table.Td>
          <Table.Td>{rows[at - 1]?.reason !== row.reason && row.reason}</Table.Td>
          <Table.Td>{row.recorded_at && <Time at={row.recorded_at} as="ago" />}</Table.Td>
        </Table.Tr>
      ))}
      {rest > 0 && (
        <Table.Tr>
          <Table.Td colSpan={3}>
            <Anchor
              size="sm"
              renderRoot={(props) => <Link {...props} to={routes.trail} search={{ member: person.id, ...(subject.stream && { stream: subject.stream }) }} />}
            >
              {t("news.rest", { count: rest })}
            </Anchor>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function About({ row }: { row: TrailRow }) {
  const nameOf = useEventName();
  if (row.tag !== null && row.stream !== null) return <AssetLink asset={{ id: row.stream, tag: row.tag }} />;
  return (
    <Text size="sm" span>
      {nameOf(row.type)}
    </Text>
  );
}
