export { actions } from "./actions";
export { Findings as FindingsScreen } from "./Findings";
