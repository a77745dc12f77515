import type { AssetRow, Field } from "../../../api";

/** Column is one column of the table as it is drawn. */
export interface Column {
  name: string;
  label: string;
  help: string;
  pinned: boolean; // the tag: in sight however far the table is scrolled
  mono: boolean; // addresses and numbers that are compared letter by letter
  text: (item: AssetRow) => string;
}

/** brief is a label without what its short form in brackets says already: Programmable logic controller (PLC) is PLC. */
const brief = (label: string): string => /\((\w[^)]*)\)$/.exec(label)?.[1] ?? label;

const mono = new Set(["tag", "serial", "order_no"]);

/** columnsOf gives the columns of a layout, in its order, with the texts that people read. */
export function columnsOf(names: readonly string[], fieldOf: (name: string) => Field, show: (field: Field, value: string) => string): Column[] {
  return names.map((name) => {
    const field = fieldOf(name);
    return {
      name,
      label: field.label,
      help: field.help,
      pinned: name === "tag",
      mono: mono.has(name) || ["address", "mac"].includes(field.type),
      text: (item) => {
        const text = show(field, item.values[name] ?? (name === "tag" ? item.tag : ""));
        return field.type === "role" ? brief(text) : text;
      },
    };
  });
}
