import { Page } from "../../shared";

export function StartScreen() {
  return <Page title="Start">{null}</Page>;
}
