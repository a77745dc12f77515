import type { Action } from "../../shared";

export { TodayScreen } from "./TodayScreen";

export const actions: Action[] = [];
