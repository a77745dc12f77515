import type { AssetRow } from "../../../api";
import { usePlant, useStrays } from "../api/plant";
import { compare, presentOf, type Compared, type Present } from "./compare";

/**
 * useCompared finds what assets of a page are like now. Today's list has nearly all of them on the same page; those that
 * moved, were struck or merged are read by themselves. It is ready when each of them is known: nothing is told of what was not compared.
 */
export function useCompared(then: readonly AssetRow[], page: number, search: string) {
  const now = usePlant(null, page, search);
  const known = new Map<string, Present>((now.data?.items ?? []).map((asset) => [asset.id, presentOf(asset)]));
  const missing = now.data && !now.isPlaceholderData ? then.filter((asset) => !known.has(asset.id)) : [];
  const strays = useStrays(missing.map((asset) => asset.id));
  missing.forEach((asset, at) => {
    const found = strays[at]?.data;
    if (found) known.set(asset.id, presentOf(found));
  });
  return {
    present: (asset: AssetRow): Compared => compare(asset, known.get(asset.id)),
    total: now.data?.total ?? 0,
    ready: now.isSuccess && then.every((asset) => known.has(asset.id)),
    error: now.error ?? strays.find((stray) => stray.error)?.error ?? null,
  };
}
