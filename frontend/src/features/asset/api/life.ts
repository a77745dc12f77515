import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** Step is a turn in the life of a position that needs nothing but a reason. */
export type Step = "retire" | "reinstate" | "void";

/** useStep retires, reinstates or strikes an asset. */
export function useStep(ref: string) {
  return useWrite(({ step, reason }: { step: Step; reason: string }) => ok(api.POST(`/assets/{ref}/${step}`, { params: { path: { ref } }, body: { reason } })));
}

/** useSwap records that another unit was put into the position. */
export function useSwap(ref: string) {
  return useWrite((body: { fields: Record<string, string>; reason: string }) => ok(api.POST("/assets/{ref}/swap", { params: { path: { ref } }, body })));
}

/** useMerge says that this asset is another one, registered twice: that one stays, and references to this one lead to it. */
export function useMerge(ref: string) {
  return useWrite((body: { into: string; reason: string }) => ok(api.POST("/assets/{ref}/merge", { params: { path: { ref } }, body })));
}
