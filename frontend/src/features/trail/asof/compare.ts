import type { Asset, AssetRow } from "../../../api";
import { compared } from "../api/plant";

/** Difference is how an asset as it stood then differs from what is recorded now; now is "" for an empty field. */
export interface Compared {
  state: "same" | "changed" | "gone" | "unknown";
  now: Partial<Record<string, string>>;
}

/** Present is an asset as it is now, from a list or by itself. */
export interface Present {
  listed: boolean;
  values: Partial<Record<string, string>>;
}

export function presentOf(asset: Asset | AssetRow): Present {
  return { listed: asset.void === null && asset.merged_into === null, values: "fields" in asset ? asset.fields : asset.values };
}

/** compare says what differs now of what stood then; undefined is an asset whose present is not known yet. */
export function compare(then: AssetRow, present: Present | undefined): Compared {
  if (!present) return { state: "unknown", now: {} };
  if (!present.listed) return { state: "gone", now: {} };
  const now: Compared["now"] = {};
  for (const name of compared) {
    const value = present.values[name] ?? "";
    if (value !== (then.values[name] ?? "")) now[name] = value;
  }
  return { state: Object.keys(now).length > 0 ? "changed" : "same", now };
}
