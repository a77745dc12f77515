import type { Action } from "../../shared";

export { NotesScreen } from "./NotesScreen";

export const actions: Action[] = [];
