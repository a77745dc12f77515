import { Group, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AssetPicker, useChoices, useDefinitions } from "../../record";
import type { Search } from "../../shared";
import { states } from "./api/list";
import { useTyped } from "./useTyped";

interface Props {
  search: string;
  kind: string;
  state: string;
  asset: string;
  onChange: (part: Partial<Search["notes"]>) => void;
}

/** Filters narrow the journal to words, a kind, a state, and an asset. */
export function Filters({ search, kind, state, asset, onChange }: Props) {
  const { t } = useTranslation("notes");
  const { fieldOf } = useDefinitions();
  const kinds = useChoices(fieldOf("kind", "note"));
  const [typed, type] = useTyped(search, (text) => onChange({ search: text || undefined }));
  return (
    <Group gap="xs" mb="xs" role="group" aria-label={t("filter.label")}>
      <TextInput
        type="search"
        w={240}
        aria-label={t("filter.search")}
        placeholder={t("filter.search")}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Select
        w={170}
        aria-label={fieldOf("kind", "note").label}
        placeholder={t("filter.anyKind")}
        data={kinds}
        value={kind || null}
        onChange={(next) => onChange({ kind: next ?? undefined })}
        clearable
      />
      <Select
        w={150}
        aria-label={t("filter.state")}
        placeholder={t("filter.anyState")}
        data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={states.find((each) => each === state) ?? null}
        onChange={(next) => onChange({ state: next ?? undefined })}
        clearable
      />
      <AssetPicker
        w={260}
        aria-label={t("filter.asset")}
        placeholder={t("filter.anyAsset")}
        value={asset}
        onChange={(ref) => onChange({ asset: ref || undefined })}
        clearable
      />
    </Group>
  );
}
