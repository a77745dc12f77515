import type { Action } from "../../shared";

export { FindingsScreen } from "./FindingsScreen";

export const actions: Action[] = [];
