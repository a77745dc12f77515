import type { Asset } from "../../api";

/** textOf is the text of a field by the name that an edit calls it: one of the asset, of the owner's own list, or of one interface. */
export function textOf(asset: Asset, name: string): string {
  return asset.fields[name] ?? asset.custom[name.replace(/^custom\./, "")] ?? ofInterface(asset, name) ?? "";
}

function ofInterface({ interfaces }: Asset, name: string): string | undefined {
  for (const { names, fields } of interfaces) {
    const [field] = Object.entries(names).find(([, called]) => called === name) ?? [];
    if (field) return fields[field];
  }
  return undefined;
}
