import { Anchor, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Violation } from "../../../api";
import { routes } from "../../../shared";

/** most is how many places are listed; a damaged file has thousands, and the first ones say which it is. */
const most = 100;

/** Places names every place that does not hold: what is wrong in plain words, where, and what the program saw. */
export function Places({ violations }: { violations: readonly Violation[] }) {
  const { t } = useTranslation("trail");
  const kinds: Partial<Record<string, string>> = t("verify.kind", { returnObjects: true });
  const rest = violations.length - most;
  return (
    <>
      <Table verticalSpacing={4} fz="sm" aria-label={t("verify.places")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("verify.finding")}</Table.Th>
            <Table.Th>{t("verify.place")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {violations.slice(0, most).map((violation, at) => (
            <Table.Tr key={`${at}-${violation.kind}`}>
              <Table.Td>
                {kinds[violation.kind] ?? violation.kind}
                <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                  {violation.detail}
                </Text>
              </Table.Td>
              <Table.Td>
                <Where violation={violation} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rest > 0 && <Text size="sm">{t("verify.more", { count: rest })}</Text>}
    </>
  );
}

/** Where leads to the entries of the laptop that wrote the feed: those around the place say whose it is. */
function Where({ violation: { feed, seq } }: { violation: Violation }) {
  const { t } = useTranslation("trail");
  if (feed === null) return t("verify.whereFile");
  const [device = feed] = feed.split("-");
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.trail} search={{ device }} />}>
      {seq === null ? t("verify.whereFeed", { feed: device.slice(0, 8) }) : t("verify.where", { feed: device.slice(0, 8), seq })}
    </Anchor>
  );
}
