import { useQuery } from "@tanstack/react-query";
import { api, keys, ok } from "../api";
import { AssetLink } from "./AssetLink";

/** AssetName leads to an asset of which only the id is known, and finds out its tag. */
export function AssetName({ id }: { id: string }) {
  const asset = useQuery({
    queryKey: keys.record("asset", id, ""),
    queryFn: ({ signal }) => ok(api.GET("/assets/{ref}", { params: { path: { ref: id } }, signal })),
  });
  return <AssetLink asset={{ id, tag: asset.data?.tag ?? id.slice(0, 8) }} />;
}
