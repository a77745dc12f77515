import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../api";

/** most is how many assets are offered at a time; more words narrow them down. */
const most = 20;

/** typing is how long a word must stand before it is looked for, in milliseconds. */
const typing = 150;

export interface AssetOption {
  value: string;
  label: string;
}

/** useAssetOptions offers the assets that fit some words, and those chosen already by id or tag, which must keep their names. */
export function useAssetOptions(words: string, chosen: readonly string[]): AssetOption[] {
  const [search] = useDebouncedValue(words.trim(), typing);
  const found = useQuery({
    queryKey: keys.record("assets", "pick", search),
    queryFn: ({ signal }) => ok(api.GET("/assets", { params: { query: { search, limit: most, columns: "tag,name" } }, signal })),
    placeholderData: keepPreviousData,
  });
  const offered = (found.data?.items ?? []).map(({ id, tag, site }) => ({ value: id, label: `${tag} · ${site}` }));
  const unnamed = chosen.filter((ref) => !offered.some(({ value }) => value === ref));
  const named = useQueries({
    queries: unnamed.map((ref) => ({
      queryKey: keys.record("asset", ref, ""),
      queryFn: ({ signal }: { signal: AbortSignal }) => ok(api.GET("/assets/{ref}", { params: { path: { ref } }, signal })),
    })),
  });
  const kept = unnamed.map((ref, at) => ({ value: ref, label: named[at]?.data ? `${named[at].data.tag} · ${named[at].data.site}` : ref }));
  return [...kept, ...offered];
}
