import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDefinitions } from "../../record";
import { Answer, Page, useAddress } from "../../shared";
import { AssetPage } from "./AssetPage";
import { useAsset } from "./api/show";

/** AssetScreen shows the asset that the address names by id or tag. */
export function AssetScreen() {
  const { t } = useTranslation("asset");
  const { ref = "" }: { ref?: string } = useParams({ strict: false });
  const [{ as_of: asOf = "" }] = useAddress("asset");
  const query = useAsset(ref, asOf);
  const { ready } = useDefinitions();
  if (query.data && ready) return <AssetPage key={query.data.id} asset={query.data} asOf={asOf} />;
  return (
    <Page title={t("title")}>
      <Answer query={query}>{() => null}</Answer>
    </Page>
  );
}
