import { Button, Group, Stack } from "@mantine/core";
import { IconNetwork, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset } from "../../../api";
import { Empty } from "../../../shared";
import styles from "../asset.module.css";
import type { Editing } from "../facts/useEdits";
import { AddInterface } from "./AddInterface";
import { InterfaceCard } from "./InterfaceCard";

interface Props {
  asset: Asset;
  editing: Editing | null; // null: nothing can be edited
  decides: boolean; // between concurrent values
}

/** Interfaces are the network interfaces of a position, each edited where it stands; what was removed comes last. */
export function Interfaces({ asset, editing, decides }: Props) {
  const { t } = useTranslation("asset");
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="sm">
      {asset.interfaces.length === 0 ? (
        <Empty icon={IconNetwork} title={t("interfaces.none")} />
      ) : (
        <Stack component="ol" gap="sm" className={styles.cards} aria-label={t("interfaces.label")}>
          {asset.interfaces.map((each) => (
            <InterfaceCard key={each.id} part={each} asset={asset} editing={editing} decides={decides} />
          ))}
        </Stack>
      )}
      {editing && (
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("interfaces.add")}
          </Button>
        </Group>
      )}
      {adding && <AddInterface asset={asset} onClose={() => setAdding(false)} />}
    </Stack>
  );
}
