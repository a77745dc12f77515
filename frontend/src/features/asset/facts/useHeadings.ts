import { useMemo } from "react";
import type { Asset } from "../../../api";
import { useAssetFields, type Heading } from "../../../record";

/** useHeadings gives the headings of an asset's facts, with what it has of the owner's own columns, also where no asset has them today. */
export function useHeadings({ custom }: Asset): Heading[] {
  return useAssetFields(useMemo(() => Object.keys(custom), [custom]));
}
