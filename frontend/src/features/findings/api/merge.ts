import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

export interface Merging {
  ref: string;
  into: string;
  reason: string;
}

/** useMerge says that one asset is another, registered twice. */
export function useMerge() {
  return useWrite(({ ref, into, reason }: Merging) => ok(api.POST("/assets/{ref}/merge", { params: { path: { ref } }, body: { into, reason } })));
}
