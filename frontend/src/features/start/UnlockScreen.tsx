import { Page } from "../../shared";

export function UnlockScreen() {
  return <Page title="Unlock">{null}</Page>;
}
