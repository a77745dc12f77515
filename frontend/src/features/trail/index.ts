export { actions } from "./actions";
export { Trail as TrailScreen } from "./Trail";
