import { Page } from "../../shared";

export function TodayScreen() {
  return <Page title="Today">{null}</Page>;
}
