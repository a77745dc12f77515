import { Page } from "../../shared";

export function AssetsScreen() {
  return <Page title="Assets">{null}</Page>;
}
