import { Paper, Radio } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FieldInput, useDefinitions, type EntityName } from "../../record";
import classes from "./Findings.module.css";

interface Props {
  name: string;
  entity: EntityName;
  chosen: boolean;
  value: string;
  onChange: (value: string) => void;
  error: ReactNode;
}

/** Other lets a person say what is right when none of the values is. */
export function Other({ name, entity, chosen, ...input }: Props) {
  const { t } = useTranslation("findings");
  const { fieldOf } = useDefinitions();
  return (
    <Paper withBorder p="sm" mt="xs" className={classes.choice} data-chosen={chosen || undefined}>
      <Radio value="other" label={t("conflict.other")} description={t("conflict.otherHelp")} />
      {chosen && (
        <div className={classes.other}>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- whoever chooses another value is about to type it */}
          <FieldInput field={fieldOf(name, entity)} {...input} autoFocus />
        </div>
      )}
    </Paper>
  );
}
