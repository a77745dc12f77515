import { Page } from "../../shared";

export function TrailScreen() {
  return <Page title="Audit trail">{null}</Page>;
}
