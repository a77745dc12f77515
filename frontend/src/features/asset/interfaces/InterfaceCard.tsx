import { Badge, Button, Group, Title } from "@mantine/core";
import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset, Interface } from "../../../api";
import { useDefinitions } from "../../../record";
import styles from "../asset.module.css";
import { FactLine } from "../facts/FactLine";
import facts from "../facts/facts.module.css";
import { editOf, type Editing } from "../facts/useEdits";
import { textOf } from "../texts";
import { RemoveModal } from "./RemoveModal";

interface Props {
  part: Interface;
  asset: Asset;
  editing: Editing | null;
  decides: boolean;
}

/** InterfaceCard is one interface. A removed one shows what is known of it, and what was typed of it before it went. */
export function InterfaceCard({ part, asset, editing, decides }: Props) {
  const { t } = useTranslation("asset");
  const { entities } = useDefinitions();
  const [open, setOpen] = useState("");
  const [turning, setTurning] = useState(false);
  const name = part.fields["interface_name"] || t("interfaces.unnamed");
  // They stay the same objects while one of them is edited, so that no other line is drawn again.
  const known = useMemo(
    () =>
      entities.asset
        .filter(({ scope }) => scope === "interface")
        .map((field) => ({ ...field, name: part.names[field.name] ?? field.name }))
        .map((field) => ({ field, text: textOf(asset, field.name) })),
    [entities, asset, part],
  );
  const lines = known
    .map((fact) => ({
      fact,
      conflict: asset.conflicts.find((each) => each.field === fact.field.name),
      typed: editing?.typed(fact.field.name) !== undefined,
    }))
    .filter(({ fact, conflict, typed }) => (editing && !part.removed) || fact.text || conflict || typed);
  return (
    <li className={styles.card} aria-label={name}>
      <Group justify="space-between">
        <Title order={3} size="sm">
          {name}
        </Title>
        <Group gap="xs">
          {part.removed && (
            <Badge variant="default" leftSection={<IconPlugConnectedX size={12} aria-hidden />}>
              {t("interfaces.removed")}
            </Badge>
          )}
          {editing && (
            <Button
              size="compact-xs"
              variant="subtle"
              className="no-print"
              leftSection={part.removed ? <IconPlugConnected size={14} aria-hidden /> : <IconPlugConnectedX size={14} aria-hidden />}
              aria-label={t(part.removed ? "interfaces.restore.of" : "interfaces.remove.of", { name })}
              onClick={() => setTurning(true)}
            >
              {t(part.removed ? "interfaces.restore.item" : "interfaces.remove.item")}
            </Button>
          )}
        </Group>
      </Group>
      <dl className={`${facts.facts} ${styles.lines}`}>
        {lines.map(({ fact, conflict, typed }) => (
          <FactLine
            key={fact.field.name}
            {...fact}
            {...editOf(part.removed && !typed ? null : editing, fact.field.name)}
            conflict={conflict}
            decides={decides}
            open={open === fact.field.name}
            onOpen={setOpen}
          />
        ))}
      </dl>
      {turning && <RemoveModal part={part} name={name} asset={asset} onClose={() => setTurning(false)} />}
    </li>
  );
}
