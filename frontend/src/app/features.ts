import type { Action } from "../shared";

/** features are loaded when their screen is first shown, and all of them once the page rests, for the actions of the palette. */
export const features = {
  today: () => import("../features/today"),
  assets: () => import("../features/assets"),
  asset: () => import("../features/asset"),
  notes: () => import("../features/notes"),
  import: () => import("../features/import"),
  findings: () => import("../features/findings"),
  trail: () => import("../features/trail"),
  sync: () => import("../features/sync"),
  members: () => import("../features/members"),
  settings: () => import("../features/settings"),
  start: () => import("../features/start"),
};

/** loadActions gives the palette's actions of all features. */
export async function loadActions(): Promise<Action[]> {
  const loaded = await Promise.all(Object.values(features).map((load) => load()));
  return loaded.flatMap((feature) => ("actions" in feature ? feature.actions : []));
}
