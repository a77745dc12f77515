import { ActionIcon, Text, UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconPencil } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Conflict } from "../../../api";
import { FieldValue } from "../../../record";
import { Concurrent } from "./Concurrent";
import { FactInput } from "./FactInput";
import styles from "./facts.module.css";
import type { Fact } from "./groups";
import type { Editing } from "./useEdits";

interface Props {
  fact: Fact;
  conflict: Conflict | undefined;
  editing: Editing | null;
  decides: boolean;
  open: boolean; // being edited
  onOpen: (on: boolean) => void;
}

/** FactLine is one field: its text, what was typed and not saved yet, which rule refused that, and concurrent values. */
export function FactLine({ fact: { field, text }, conflict, editing, decides, open, onOpen }: Props) {
  const { t } = useTranslation("asset");
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    wasOpen.current = open;
  }, [open]);

  const typed = editing?.typed(field.name);
  const error = typed === undefined ? undefined : editing?.errors[field.name];
  const editable = editing !== null && field.editable;
  return (
    <div className={styles.fact} data-changed={typed !== undefined || undefined}>
      <dt className={styles.label} title={field.help}>
        {field.label}
      </dt>
      <dd className={styles.value}>
        {open && editable ? (
          <FactInput field={field} text={typed ?? text} error={error} onDone={(value) => {
              if (value !== undefined) editing.put(field.name, value);
              onOpen(false);
            }}
          />
        ) : editable ? (
          <UnstyledButton
            ref={button}
            className={styles.edit}
            aria-label={t("facts.edit", { field: field.label, value: (typed ?? text) || t("facts.empty") })}
            onClick={() => onOpen(true)}
            onKeyDown={(event) => event.key === "F2" && onOpen(true)}
          >
            <FieldValue field={{ ...field, type: field.type === "moment" ? "line" : field.type }} value={typed ?? text} />
            <IconPencil size={14} aria-hidden className={styles.pencil} />
          </UnstyledButton>
        ) : (
          <FieldValue field={field} value={text} />
        )}
        {typed !== undefined && !open && (
          <Text size="xs" className={styles.before}>
            {t("facts.unsaved")} <del>{text || t("facts.empty")}</del>
            <ActionIcon size={24} aria-label={t("facts.back", { field: field.label })} onClick={() => editing?.put(field.name, text)}>
              <IconArrowBackUp size={14} />
            </ActionIcon>
          </Text>
        )}
        {error && !open && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
        {conflict && <Concurrent conflict={conflict} writable={decides} />}
      </dd>
    </div>
  );
}
