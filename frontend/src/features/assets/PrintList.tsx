import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { AssetRow } from "../../api";
import { PrintTable } from "../../shared";
import type { ListQuery } from "./api/list";
import { parseConditions } from "./filter/condition";
import { useConditionText } from "./filter/useConditionText";
import type { Column } from "./grid/columns";
import { Marks } from "./grid/Marks";

interface Props {
  query: ListQuery;
  rows: AssetRow[];
  total: number;
  columns: readonly Column[];
}

/** PrintList is the list as paper shows it: which part of the plant it is, all rows and no controls. */
export function PrintList({ query, rows, total, columns }: Props) {
  const { t } = useTranslation("assets");
  const text = useConditionText();
  const filters = [...(query.search ? [`“${query.search}”`] : []), ...parseConditions(query.where).map(text)];
  return (
    <PrintTable
      lead={
        <>
          {filters.length > 0 && <p>{t("print.only", { filters: filters.join("; ") })}</p>}
          {rows.length < total && <p>{t("print.cut", { shown: rows.length, total })}</p>}
        </>
      }
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
