export { StartScreen } from "./StartScreen";
export { UnlockScreen } from "./UnlockScreen";
