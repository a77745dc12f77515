import type { Action } from "../../shared";

export { SettingsScreen } from "./SettingsScreen";

export const actions: Action[] = [];
