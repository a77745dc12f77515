import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** NewAsset is what registering a position asks for. */
export interface NewAsset {
  tag: string;
  fields: Record<string, string>;
  reason: string;
}

/** useAdd registers an asset. */
export function useAdd() {
  return useWrite((body: NewAsset) => ok(api.POST("/assets", { body })));
}
