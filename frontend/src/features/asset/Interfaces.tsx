import { Stack, Title } from "@mantine/core";
import { IconNetwork } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Interface } from "../../api";
import { useDefinitions } from "../../record";
import { Empty } from "../../shared";
import { FieldList } from "./FieldList";
import styles from "./asset.module.css";

/** Interfaces are the network interfaces of a position, the first of which is edited among the facts. */
export function Interfaces({ interfaces }: { interfaces: Interface[] }) {
  const { t } = useTranslation("asset");
  const { entities } = useDefinitions();
  if (interfaces.length === 0) return <Empty icon={IconNetwork} title={t("interfaces.none")}>{t("interfaces.noneHelp")}</Empty>;
  const fields = entities.asset.filter(({ scope }) => scope === "interface");
  return (
    <Stack component="ol" gap="sm" className={styles.cards} aria-label={t("interfaces.label")}>
      {interfaces.map(({ id, fields: values }) => (
        <li key={id} className={styles.card}>
          <Title order={3} size="sm">
            {values["interface_name"] || t("interfaces.unnamed")}
          </Title>
          <FieldList fields={fields.filter(({ name }) => name !== "interface_name" && name !== "interface_order")} values={values} />
        </li>
      ))}
    </Stack>
  );
}
