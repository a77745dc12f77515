import { useQueryClient, type Query } from "@tanstack/react-query";
import { api, keys, ok, type Asset } from "../../../api";
import { useWrite } from "../../../shared";

interface Edit {
  fields: Record<string, string>;
  reason: string;
}

/**
 * useEdit changes fields of an asset in one entry under one reason. Once the entry is saved, and not before, the asset is shown with what was typed; how
 * the program reads that, and what else follows from it, comes when the record is asked anew; where that was quicker, it stands.
 */
export function useEdit(id: string) {
  const client = useQueryClient();
  return useWrite(async (body: Edit) => {
    const begun = Date.now();
    const written = await ok(api.PATCH("/assets/{ref}", { params: { path: { ref: id } }, body }));
    const before = (query: Query) => isNow(query) && query.state.dataUpdatedAt <= begun;
    client.setQueriesData<Asset>({ queryKey: keys.record("asset"), predicate: before }, (asset) => (asset?.id === id ? withTexts(asset, body.fields) : asset));
    return written;
  });
}

/** isNow tells the query of an asset as it is from those of its past and its history. */
const isNow = ({ queryKey }: Query): boolean => queryKey[3] === "";

/** own is what the names of fields of the owner's own list begin with. */
const own = "custom.";

function withTexts(asset: Asset, texts: Record<string, string>): Asset {
  const typed = Object.entries(texts);
  const custom = typed.filter(([name]) => name.startsWith(own)).map(([name, text]): [string, string] => [name.slice(own.length), text]);
  return {
    ...asset,
    fields: { ...asset.fields, ...Object.fromEntries(typed.filter(([name]) => !name.startsWith(own))) },
    custom: { ...asset.custom, ...Object.fromEntries(custom) },
  };
}
