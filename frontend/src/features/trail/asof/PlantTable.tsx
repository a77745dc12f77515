import { Anchor, Badge, Table, VisuallyHidden } from "@mantine/core";
import { IconArrowNarrowRight, IconCheck, IconCircleX, IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AssetRow } from "../../../api";
import { FieldValue, useDefinitions } from "../../../record";
import { routes } from "../../../shared";
import { compared as columns } from "../api/plant";
import type { Compared } from "./compare";
import classes from "./Plant.module.css";

interface Line {
  asset: AssetRow;
  compared: Compared;
}

interface Props {
  lines: readonly Line[];
  at: string;
  caption: string;
}

/** PlantTable shows each field as it was, and below it what it is now where that differs. */
export function PlantTable({ lines, at, caption }: Props) {
  const { t } = useTranslation("trail");
  const { fieldOf } = useDefinitions();
  return (
    <div className={classes.scroll}>
      <Table stickyHeader verticalSpacing={3} horizontalSpacing="xs" fz="xs" captionSide="top" className={classes.table}>
        <Table.Caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
          <span className="print-only">{caption}</span>
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("asof.asset")}</Table.Th>
            <Table.Th>{t("asof.state")}</Table.Th>
            {columns.map((name) => (
              <Table.Th key={name}>{fieldOf(name).label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ asset, compared }) => (
            <Table.Tr key={asset.id}>
              <Table.Th scope="row">
                <Anchor className="mono" inherit renderRoot={(props) => <Link {...props} to={routes.asset} params={{ ref: asset.id }} search={{ as_of: at }} />}>
                  {asset.site}/{asset.tag}
                </Anchor>
              </Table.Th>
              <Table.Td>
                <State compared={compared} />
              </Table.Td>
              {columns.map((name) => (
                <Table.Td key={name} className={compared.now[name] === undefined ? undefined : classes.differs}>
                  <FieldValue field={fieldOf(name)} value={asset.values[name] ?? ""} />
                  {compared.now[name] !== undefined && (
                    <div className={classes.now}>
                      <IconArrowNarrowRight size={12} aria-hidden /> {t("asof.nowIs")} <FieldValue field={fieldOf(name)} value={compared.now[name]} empty={t("entry.empty")} />
                    </div>
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function State({ compared }: { compared: Compared }) {
  const { t } = useTranslation("trail");
  const { fieldOf } = useDefinitions();
  switch (compared.state) {
    case "changed":
      return (
        <>
          <Badge size="sm" color="orange" variant="light" leftSection={<IconPencil size={12} aria-hidden />}>
            {t("asof.changed")}
          </Badge>
          <div>
            {Object.keys(compared.now)
              .map((name) => fieldOf(name).label)
              .join(", ")}
          </div>
        </>
      );
    case "gone":
      return (
        <Badge size="sm" color="red" variant="light" leftSection={<IconCircleX size={12} aria-hidden />}>
          {t("asof.gone")}
        </Badge>
      );
    case "same":
      return (
        <span className={classes.same}>
          <IconCheck size={12} aria-hidden /> {t("asof.equal")}
        </span>
      );
    case "unknown":
      return null;
  }
}
