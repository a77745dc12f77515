import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** useEdit changes fields of an asset in one entry under one reason. */
export function useEdit(ref: string) {
  return useWrite((body: { fields: Record<string, string>; reason: string }) => ok(api.PATCH("/assets/{ref}", { params: { path: { ref } }, body })));
}
