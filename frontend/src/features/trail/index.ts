import type { Action } from "../../shared";

export { TrailScreen } from "./TrailScreen";

export const actions: Action[] = [];
