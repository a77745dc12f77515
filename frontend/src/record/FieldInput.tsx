import { Autocomplete, Select, Textarea, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../api";
import { useChoices } from "./choices";
import { PartsInput } from "./PartsInput";

interface Props {
  field: Field;
  /** value is the field's text, as the program reads and shows it; "" is empty. */
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  error?: ReactNode;
  /** bare leaves out label and help where a heading beside the input says them; the label stays for screen readers. */
  bare?: boolean;
  autoFocus?: boolean;
  disabled?: boolean;
  /** required marks the input beyond what the definition says. */
  required?: boolean;
  id?: string;
}

/** FieldInput edits one field by what its definition says it is. What it may hold is decided by the program, which says so at the field. */
export function FieldInput({ field, value, onChange, bare, autoFocus, required, ...rest }: Props) {
  const { t } = useTranslation("record");
  const choices = useChoices(field);
  const words = bare ? { "aria-label": field.label } : { label: field.label, description: field.help || undefined };
  const common = {
    ...rest,
    ...words,
    required: required ?? field.required,
    "data-autofocus": autoFocus || undefined,
    autoFocus: autoFocus ?? false,
  };
  const text = { ...common, value, onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value) };
  switch (field.type) {
    case "choice":
    case "role":
    case "flag":
      return (
        <Select
          {...common}
          data={choices}
          value={value || null}
          onChange={(next) => onChange(next ?? "")}
          searchable={choices.length > 8}
          clearable={!common.required}
          // To choose what is chosen means that it is right.
          allowDeselect={false}
          checkIconPosition="right"
          nothingFoundMessage={t("input.nothing")}
        />
      );
    case "zone":
      return <Autocomplete {...common} data={Intl.supportedValuesOf("timeZone")} limit={20} value={value} onChange={onChange} />;
    case "prose":
    case "free":
      return <Textarea {...text} autosize minRows={field.type === "prose" ? 3 : 1} maxRows={12} />;
    case "labels":
    case "software":
    case "ports":
      return <PartsInput {...common} value={value} onChange={onChange} placeholder={t(`input.${field.type}`)} />;
    case "moment":
      return (
        <DateTimePicker
          {...common}
          value={value ? value.slice(0, 16).replace("T", " ") : null}
          onChange={(next) => onChange(next ? next.replace(" ", "T") : "")}
          clearable={!common.required}
        />
      );
    case "date":
      return <TextInput {...text} placeholder={t("input.date")} inputMode="numeric" maxLength={10} />;
    case "whole":
    case "decimal":
      return <TextInput {...text} inputMode={field.type === "whole" ? "numeric" : "decimal"} />;
    case "address":
    case "mac":
      return <TextInput {...text} placeholder={t(`input.${field.type}`)} spellCheck={false} classNames={{ input: "mono" }} />;
    default:
      return <TextInput {...text} maxLength={field.max || undefined} />;
  }
}
