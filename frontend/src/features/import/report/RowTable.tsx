import { Table, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ImportRow } from "../../../api";
import { Outcome } from "./Outcome";
import classes from "./RowTable.module.css";
import { What } from "./What";

interface Props {
  rows: readonly ImportRow[];
  /** written says that the rows tell what was done, not what would be. */
  written: boolean;
}

/** height is that of a row with one change, in pixels; rows are measured once they are shown. */
const height = 33;

/** RowTable shows the rows of a report, 200,000 as smoothly as ten: only those in sight are in the page. */
export function RowTable({ rows, written }: Props) {
  const { t } = useTranslation("import");
  const view = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here, and its answers are read in this drawing only
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.row ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard
    <div ref={view} className={classes.view} tabIndex={0} role="region" aria-label={t("result.table")}>
      <Table stickyHeader verticalSpacing={4} aria-label={t("result.table")} aria-rowcount={rows.length + 1}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={70}>{t("result.row")}</Table.Th>
            <Table.Th w={200}>{t("result.tag")}</Table.Th>
            <Table.Th w={140}>{t("result.outcome")}</Table.Th>
            <Table.Th>{written ? t("result.did") : t("result.what")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Gap height={above} />
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <Table.Tr key={item.key} ref={virtual.measureElement} data-index={item.index} aria-rowindex={item.index + 2}>
                  <Table.Td className="tabular">{row.row}</Table.Td>
                  <Table.Th scope="row">{row.tag ?? t("result.noTag")}</Table.Th>
                  <Table.Td>
                    <Outcome result={row.result} />
                  </Table.Td>
                  <Table.Td>
                    <What row={row} />
                  </Table.Td>
                </Table.Tr>
              )
            );
          })}
          <Gap height={below} />
        </Table.Tbody>
      </Table>
      {rows.length === 0 && (
        <Text p="md" c="dimmed" role="status">
          {t("result.none")}
        </Text>
      )}
    </div>
  );
}

/** Gap stands for the rows out of sight. */
function Gap({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} /> : null;
}
