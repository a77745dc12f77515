import { Page } from "../../shared";

export function FindingsScreen() {
  return <Page title="Findings">{null}</Page>;
}
