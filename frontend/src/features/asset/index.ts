import type { Action } from "../../shared";

export { AssetScreen } from "./AssetScreen";

export const actions: Action[] = [];
