import { Page } from "../../shared";

export function AssetScreen() {
  return <Page title="Asset">{null}</Page>;
}
