import { Fragment, useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AssetRow } from "../../api";
import { PrintTable, useFormats } from "../../shared";
import type { Column } from "./grid/columns";
import { Marks } from "./grid/Marks";

/** mostPrinted is how many rows go to paper: some forty pages. */
export const mostPrinted = 2000;

interface Props {
  rows: AssetRow[];
  total: number;
  columns: readonly Column[];
  onDone: () => void;
}

/** PrintList is the list as paper shows it, all rows and no controls; being drawn it opens the printing dialog. */
export function PrintList({ rows, total, columns, onDone }: Props) {
  const { t } = useTranslation("assets");
  const { number } = useFormats();
  const done = useEffectEvent(onDone);
  useEffect(() => {
    window.print();
    done();
  }, []);
  return (
    <PrintTable
      lead={rows.length < total && <p>{t("print.cut", { shown: number(rows.length), number: number(total) })}</p>}
      columns={columns.map(({ label }) => label)}
      rows={rows}
      keyOf={(row) => row.id}
      cells={(row) =>
        columns.map((column) => (
          <Fragment key={column.name}>
            {column.text(row)} {column.name === "tag" && <Marks item={row} />}
          </Fragment>
        ))
      }
    />
  );
}
