import type { Action } from "../../shared";

export { MembersScreen } from "./MembersScreen";

export const actions: Action[] = [];
