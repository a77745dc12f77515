import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, keys, ok, type Field } from "../api";
import { useDefinitions } from "./definitions";

/** Heading is a group of fields with its label. */
export interface Heading {
  name: string;
  label: string;
  fields: Field[];
}

const none: readonly string[] = [];

/**
 * useAssetFields gives every field of assets under the headings of the definitions, in their order. The columns of the owner's own lists come last:
 * those that assets have now, and those that also names.
 */
export function useAssetFields(also = none): Heading[] {
  const { t } = useTranslation("record");
  const { entities, groups, fieldOf } = useDefinitions();
  const { data } = useQuery({ queryKey: keys.record("headers"), queryFn: ({ signal }) => ok(api.GET("/headers", { signal })) });
  const own = useMemo(() => {
    const headers = [...new Set([...(data ?? none), ...also])].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    return headers.map((header) => fieldOf(`custom.${header}`));
  }, [data, also, fieldOf]);
  return useMemo(
    () =>
      [
        ...groups.map(({ name, label }) => ({ name, label, fields: entities.asset.filter(({ group }) => group === name) })),
        { name: "custom", label: t("own"), fields: own },
      ].filter(({ fields }) => fields.length > 0),
    [entities, groups, own, t],
  );
}
