import { ActionIcon, Text, UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconPencil } from "@tabler/icons-react";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Conflict, Field } from "../../../api";
import { FieldValue } from "../../../record";
import { Concurrent } from "./Concurrent";
import { FactInput } from "./FactInput";
import styles from "./facts.module.css";
import type { LineEdit } from "./useEdits";

interface Props extends LineEdit {
  field: Field;
  text: string;
  conflict: Conflict | undefined;
  decides: boolean;
  open: boolean; // being edited
  /** onOpen is told the name of the field that is to be edited, or "" for none. */
  onOpen: (name: string) => void;
}

/**
 * FactLine is one field: its text, what was typed and not saved yet, which rule refused that, and concurrent values. An asset has dozens, so a line is
 * drawn again only when something of its own changes.
 */
export const FactLine = memo(function FactLine({ field, text, conflict, typed, refused, put, decides, open, onOpen }: Props) {
  const { t } = useTranslation("asset");
  const button = useRef<HTMLButtonElement>(null);
  // Whoever ends the editing by a key stays at the line; who has gone elsewhere is not called back.
  const ended = useRef(false);
  useEffect(() => {
    if (ended.current) button.current?.focus();
    ended.current = false;
  }, [open]);

  const changed = typed !== undefined;
  const error = changed ? refused : undefined;
  // The bar that the first letter brings would cover a line at the lower edge, and what is refused may be out of sight.
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open || error) line.current?.scrollIntoView({ block: "nearest" });
  }, [open, changed, error]);
  const editable = put !== undefined && field.editable;
  return (
    <div ref={line} className={styles.fact} data-changed={changed || undefined}>
      <dt className={styles.label} title={field.help}>
        {field.label}
      </dt>
      <dd className={styles.value}>
        {open && editable ? (
          <FactInput
            field={field}
            saved={text}
            typed={typed}
            error={error}
            onChange={(value) => put(field.name, value)}
            onDone={() => {
              ended.current = true;
              onOpen("");
            }}
            onLeave={() => onOpen("")}
          />
        ) : editable ? (
          <UnstyledButton
            ref={button}
            className={styles.edit}
            aria-label={t("facts.edit", { field: field.label, value: (typed ?? text) || t("facts.empty") })}
            onClick={() => onOpen(field.name)}
            onKeyDown={(event) => event.key === "F2" && onOpen(field.name)}
          >
            <FieldValue field={{ ...field, type: field.type === "moment" ? "line" : field.type }} value={typed ?? text} />
            <IconPencil size={14} aria-hidden className={styles.pencil} />
          </UnstyledButton>
        ) : (
          <FieldValue field={field} value={text} />
        )}
        {changed && !open && (
          <Text size="xs" className={styles.before}>
            {t("facts.unsaved")} <del>{text || t("facts.empty")}</del>
            <ActionIcon size={24} aria-label={t("facts.back", { field: field.label })} onClick={() => put?.(field.name, text)}>
              <IconArrowBackUp size={14} />
            </ActionIcon>
          </Text>
        )}
        {error && !open && (
          <Text size="xs" px={6} c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
        {conflict && <Concurrent conflict={conflict} writable={decides} />}
      </dd>
    </div>
  );
});
