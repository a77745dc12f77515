import { Modal, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TrailRow } from "../../../api";
import { useFormats } from "../../../shared";

/** Proof names an entry as the log does, for those who look it up there or in another laptop's trail. */
export function Proof({ row, onClose }: { row: TrailRow; onClose: () => void }) {
  const { t } = useTranslation("trail");
  const format = useFormats();
  const lines: [string, string | null][] = [
    [t("entry.recorded"), row.recorded_at && format.utc(row.recorded_at)],
    [t("entry.receivedAt"), row.received_at && format.utc(row.received_at)],
    [t("entry.feed"), `${row.device}-${row.epoch}`],
    [t("entry.seq"), format.number(row.seq)],
    [t("entry.hash"), row.hash],
    [t("entry.position"), format.number(row.position)],
  ];
  return (
    <Modal opened onClose={onClose} title={t("entry.details")} size="lg">
      <Table layout="fixed">
        <Table.Tbody>
          {lines.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={190}>
                {name}
              </Table.Th>
              <Table.Td className="mono" style={{ overflowWrap: "anywhere" }}>
                {value ?? "–"}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
