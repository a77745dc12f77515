import type { Asset } from "../../api";

/** compared are the facts by which people tell assets apart, by their public names. */
export const compared = [
  "site",
  "role",
  "name",
  "lifecycle",
  "vendor",
  "model",
  "order_no",
  "serial",
  "firmware",
  "hostname",
  "ip_address",
  "mac_address",
  "vlan",
  "zone",
  "location.building",
  "location.room",
  "location.panel",
  "commissioned",
] as const;

/** Row is one fact of several assets; it is left out where none of them has it. */
export interface Row {
  name: string;
  values: string[];
  differ: boolean;
}

export function rowsOf(assets: readonly Asset[], names: readonly string[]): Row[] {
  return names
    .map((name) => {
      const values = assets.map((asset) => asset.fields[name] ?? "");
      return { name, values, differ: new Set(values).size > 1 };
    })
    .filter((row) => row.values.some((value) => value !== ""));
}
