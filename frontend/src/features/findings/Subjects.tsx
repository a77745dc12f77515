import { Alert, Stack, Table, Text, Title } from "@mantine/core";
import { IconEqualNot } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Asset, Subject } from "../../api";
import { AssetLink, FieldValue, useDefinitions } from "../../record";
import { Failure, Loading } from "../../shared";
import { useAssets } from "./api/subject";
import { compared, rowsOf } from "./facts";
import classes from "./Findings.module.css";

/** Subjects shows what a finding is about: assets with their facts side by side, everything else by its name. */
export function Subjects({ subjects, more }: { subjects: readonly Subject[]; more: number }) {
  const { t } = useTranslation("findings");
  const assets = useAssets(subjects.filter((subject) => subject.kind === "asset").map((subject) => subject.id));
  const others = subjects.filter((subject) => subject.kind !== "asset");
  const failed = assets.find((asset) => asset.error);
  const known = assets.flatMap((asset) => asset.data ?? []);
  return (
    <Stack gap="xs">
      {failed ? <Failure error={failed.error} /> : known.length < assets.length ? <Loading /> : known.length > 0 && <Facts assets={known} />}
      {others.map((subject) => (
        <Text size="sm" key={subject.id}>
          {t(`subjects.${subject.kind === "asset" ? "document" : subject.kind}`)}:{" "}
          <span className={subject.kind === "note" ? "prose" : "mono"}>{subject.label}</span>
        </Text>
      ))}
      {more > 0 && <Text size="sm">{t("subjects.more", { count: more })}</Text>}
    </Stack>
  );
}

/** Widths in pixels: of the names of facts, and of an asset's at least. */
const factWidth = 170;
const assetWidth = 140;

function Facts({ assets }: { assets: readonly Asset[] }) {
  const { t } = useTranslation("findings");
  const { fieldOf } = useDefinitions();
  return (
    <Table.ScrollContainer minWidth={factWidth + assets.length * assetWidth}>
      <Title order={3} size="h6" mb={4}>
        {t(assets.length > 1 ? "subjects.title" : "subjects.one")}
      </Title>
      <Table withTableBorder verticalSpacing={4} className={classes.facts} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={factWidth}>{t("subjects.fact")}</Table.Th>
            {assets.map((asset) => (
              <Table.Th key={asset.id}>
                <AssetLink asset={asset} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(assets, compared).map(({ name, values, differ }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">
                {fieldOf(name).label} {differ && <IconEqualNot size={14} role="img" aria-label={t("subjects.differs")} className={classes.differs} />}
              </Table.Th>
              {values.map((value, at) => (
                <Table.Td key={assets[at]?.id} fw={differ ? 600 : undefined}>
                  <FieldValue field={fieldOf(name)} value={value} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {assets.some((asset) => asset.unverified) && <Alert mt="xs">{t("subjects.unverified")}</Alert>}
    </Table.ScrollContainer>
  );
}
