import type { Field } from "../../api";
import { FieldValue } from "../../record";
import styles from "./asset.module.css";

/** FieldList reads out the fields that are filled in, in columns. */
export function FieldList({ fields, values }: { fields: Field[]; values: Record<string, string> }) {
  return (
    <dl className={styles.list}>
      {fields
        .filter(({ name }) => values[name])
        .map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>
              <FieldValue field={field} value={values[field.name] ?? ""} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
