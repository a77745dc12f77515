import { Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../../api";
import { Answer, Time, useFormats } from "../../../shared";
import { useReceipts } from "../api/receipts";

/** Receipts lists up to which entry of each laptop a service has signed that it has it. */
export function Receipts() {
  const { t } = useTranslation("sync");
  const { me } = useProgramState();
  const { number } = useFormats();
  const receipts = useReceipts();
  return (
    <Stack gap="xs" component="section" aria-labelledby="receipts">
      <Title order={2} size="h4" id="receipts">
        {t("receipts.title")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("receipts.lead")}
      </Text>
      <Answer query={receipts}>
        {(list) =>
          list.length === 0 ? (
            <Text size="sm">{t("receipts.none")}</Text>
          ) : (
            <Table verticalSpacing={4} aria-labelledby="receipts">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("receipts.service")}</Table.Th>
                  <Table.Th>{t("receipts.device")}</Table.Th>
                  <Table.Th>{t("receipts.upTo")}</Table.Th>
                  <Table.Th>{t("receipts.time")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((receipt) => (
                  <Table.Tr key={`${receipt.service} ${receipt.feed}`}>
                    <Table.Td>{receipt.remote ?? <span className="mono">{receipt.service.slice(0, 8)}</span>}</Table.Td>
                    <Table.Td className="mono">
                      {receipt.device.slice(0, 8)}
                      {receipt.device === me?.device && ` (${t("receipts.self")})`}
                    </Table.Td>
                    <Table.Td className="tabular">{number(receipt.seq)}</Table.Td>
                    <Table.Td>
                      <Time at={receipt.time} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Answer>
    </Stack>
  );
}
