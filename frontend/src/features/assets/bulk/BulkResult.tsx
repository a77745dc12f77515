import { Alert, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Bulk } from "../../../api";
import { say } from "../../../i18n";
import { AssetLink } from "../../../record";

/** most is how many refusals are listed; a list beyond that is read by no one. */
const most = 500;

/** BulkResult says what a batch did: how many were changed, how many were so already, and each that was left and why. */
export function BulkResult({ result: { items, refused } }: { result: Bulk }) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const changed = items.filter(({ events }) => events > 0).length;
  const same = items.length - changed;
  return (
    <Stack>
      <Alert color={refused.length === 0 ? "teal" : "blue"} icon={<IconCheck aria-hidden />} role="status">
        <Text size="sm">{t("bulk.changed", { count: changed })}</Text>
        {same > 0 && <Text size="sm">{t("bulk.same", { count: same })}</Text>}
      </Alert>
      {refused.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t("bulk.refused", { count: refused.length })}>
          <ScrollArea.Autosize mah={260}>
            <Table fz="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{common("words.asset")}</Table.Th>
                  <Table.Th>{t("bulk.why")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {refused.slice(0, most).map(({ id, tag, message, said }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <AssetLink asset={{ id, tag }} />
                    </Table.Td>
                    <Table.Td>{say(said, message)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea.Autosize>
        </Alert>
      )}
    </Stack>
  );
}
