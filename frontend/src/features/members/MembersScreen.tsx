import { Page } from "../../shared";

export function MembersScreen() {
  return <Page title="Members">{null}</Page>;
}
