import { Page } from "../../shared";

export function SettingsScreen() {
  return <Page title="Settings">{null}</Page>;
}
