import type { Action } from "../../shared";

export { AssetsScreen } from "./AssetsScreen";

export const actions: Action[] = [];
