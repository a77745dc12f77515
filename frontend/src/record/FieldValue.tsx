import { Text } from "@mantine/core";
import type { Field } from "../api";
import { Time } from "../shared";
import { useShow } from "./choices";

interface Props {
  field: Field;
  value: string;
  /** empty is shown for an empty field: a dash unless told otherwise. */
  empty?: string;
}

/** FieldValue shows the text of a field as its definition says it is read. */
export function FieldValue({ field, value, empty = "–" }: Props) {
  const show = useShow();
  if (!value)
    return (
      <Text span c="dimmed" inherit>
        {empty}
      </Text>
    );
  switch (field.type) {
    case "moment":
      return <Time at={value} />;
    case "prose":
    case "free":
      return (
        <Text span inherit className="prose">
          {value}
        </Text>
      );
    case "address":
    case "mac":
    case "ports":
      return <span className="mono">{value}</span>;
    default:
      return <span>{show(field, value)}</span>;
  }
}
