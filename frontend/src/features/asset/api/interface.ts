import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** useAddInterface registers a further interface of an asset. */
export function useAddInterface(ref: string) {
  return useWrite((body: { fields: Record<string, string>; reason: string }) =>
    ok(api.POST("/assets/{ref}/interfaces", { params: { path: { ref } }, body })),
  );
}
