import { browser } from "./browser";
import { desktop, type Native } from "./native";

export { base64Of, bytesOf, desktop } from "./native";
export type { FileKind, Native, Picked } from "./native";

const app = window.go?.main?.App;

/** native is the window where there is one, otherwise the browser. */
export const native: Native = app && window.runtime ? desktop(app, window.runtime) : browser;
