import { Stack, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset, Conflict } from "../../../api";
import { useDefinitions } from "../../../record";
import { Concurrent } from "./Concurrent";
import { FactLine } from "./FactLine";
import styles from "./facts.module.css";
import { groupsOf } from "./groups";
import { editOf, type Editing } from "./useEdits";
import { useHeadings } from "./useHeadings";

interface Props {
  asset: Asset;
  editing: Editing | null; // null: nothing can be edited
  decides: boolean; // between concurrent values, which is allowed on a retired asset too
  field: string; // the one that the address leads to
}

/** Facts are what is known of a position, under the headings of the definitions, each editable where it stands. */
export function Facts({ asset, editing, decides, field }: Props) {
  const headings = useHeadings(asset);
  const [open, setOpen] = useState(field);
  const groups = groupsOf(asset, headings, editing !== null);
  const conflicts = new Map(asset.conflicts.map((each) => [each.field, each]));
  const placed = new Set(groups.flatMap(({ facts }) => facts.map((fact) => fact.field.name)));
  const elsewhere = asset.conflicts.filter((each) => !placed.has(each.field));
  return (
    <Stack gap="md">
      {elsewhere.length > 0 && <Elsewhere conflicts={elsewhere} decides={decides} />}
      <div className={styles.groups}>
        {groups.map(({ name, label, facts }) => (
          <section key={name} className={styles.group} aria-labelledby={`facts-${name}`}>
            <Title order={2} size="sm" id={`facts-${name}`} className={styles.heading}>
              {label}
            </Title>
            <dl className={styles.facts}>
              {facts.map((fact) => (
                <FactLine
                  key={fact.field.name}
                  {...fact}
                  {...editOf(editing, fact.field.name)}
                  conflict={conflicts.get(fact.field.name)}
                  decides={decides}
                  open={open === fact.field.name}
                  onOpen={setOpen}
                />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Stack>
  );
}

/** Elsewhere lists concurrent values of what has no line among the facts, such as which unit is installed. */
function Elsewhere({ conflicts, decides }: { conflicts: Conflict[]; decides: boolean }) {
  const { t } = useTranslation("asset");
  const { fieldOf } = useDefinitions();
  return (
    <section aria-label={t("conflict.elsewhere")} className={styles.group}>
      {conflicts.map((conflict) => (
        <div key={conflict.id}>
          <Title order={3} size="sm">
            {fieldOf(conflict.field).label}
          </Title>
          <Concurrent conflict={conflict} writable={decides} />
        </div>
      ))}
    </section>
  );
}
