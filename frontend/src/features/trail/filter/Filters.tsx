import { Button, Group, Pill, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AssetPicker } from "../../../record";
import { useMembers } from "../api/people";
import { changed, filterNames, type Filter } from "./filter";
import { MoreFilters } from "./MoreFilters";
import { TimePick } from "./TimePick";

interface Props {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

const further = ["device", "field", "type", "source", "state"] as const;

/** Filters select a part of the trail: by what most questions ask first, and on demand by the rest. */
export function Filters({ filter, onChange }: Props) {
  const { t } = useTranslation("trail");
  const [opened, setOpened] = useState(false);
  const members = useMembers();
  const set = (name: keyof Filter) => (value: string | null) => onChange(changed(filter, name, value));
  const more = opened || further.some((name) => filter[name] !== undefined);
  return (
    <div role="search" aria-label={t("filter.label")}>
      <Group gap="xs" mb="xs" align="flex-end">
        <AssetPicker size="xs" w={200} aria-label={t("filter.asset")} placeholder={t("filter.asset")} clearable value={filter.asset ?? ""} onChange={set("asset")} />
        <Select
          size="xs"
          w={170}
          aria-label={t("filter.person")}
          placeholder={t("filter.anyone")}
          data={members.data?.map((member) => ({ value: member.id, label: member.name })) ?? []}
          value={filter.member ?? null}
          onChange={set("member")}
          clearable
          searchable
        />
        <TimePick label={t("filter.from")} value={filter.since} edge="start" onChange={set("since")} />
        <TimePick label={t("filter.until")} value={filter.until} edge="end" onChange={set("until")} />
        {filter.stream !== undefined && (
          <Pill withRemoveButton onRemove={() => set("stream")(null)} removeButtonProps={{ "aria-label": t("filter.remove", { name: t("filter.stream") }) }}>
            {t("filter.stream")}
          </Pill>
        )}
        <Button size="xs" variant="subtle" aria-expanded={more} onClick={() => setOpened(!opened)}>
          {t(more ? "filter.less" : "filter.more")}
        </Button>
        {filterNames.some((name) => filter[name] !== undefined) && (
          <Button size="xs" variant="subtle" onClick={() => onChange({})}>
            {t("filter.reset")}
          </Button>
        )}
      </Group>
      {more && <MoreFilters filter={filter} onChange={set} />}
    </div>
  );
}
