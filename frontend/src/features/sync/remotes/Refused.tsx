import { Accordion, Stack, Table, Text } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SyncRefusal } from "../../../api";

const kinds = ["damaged", "malformed", "foreign", "hole", "unauthentic", "limit", "full", "readonly"] as const;

/** Refused lists the pieces that one side would not take, each with what is wrong with it. */
export function Refused({ refused }: { refused: readonly SyncRefusal[] }) {
  const { t } = useTranslation("sync");
  if (refused.length === 0) return null;
  const why = (reason: string) => {
    const kind = kinds.find((known) => known === reason);
    return kind ? t(`refused.why.${kind}`) : reason;
  };
  return (
    <Accordion variant="contained" chevronPosition="left">
      <Accordion.Item value="refused">
        <Accordion.Control icon={<IconBan size={16} aria-hidden />}>
          {t("refused.title", { count: refused.length })}
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="xs">
            <Text size="sm">{t("refused.text")}</Text>
            <Table fz="xs" aria-label={t("refused.title", { count: refused.length })}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("refused.feed")}</Table.Th>
                  <Table.Th>{t("refused.reason")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {refused.map((piece) => (
                  <Table.Tr key={`${piece.feed} ${piece.message}`}>
                    <Table.Td className="mono">{piece.feed.slice(0, 8)}</Table.Td>
                    <Table.Td>
                      {why(piece.reason)}
                      {piece.message && ` (${piece.message})`}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
