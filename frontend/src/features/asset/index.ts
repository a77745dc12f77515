import type { Action } from "../../shared";

export { AssetScreen } from "./AssetScreen";

/** The palette finds assets by itself; what is done to one begins on its screen. */
export const actions: Action[] = [];
