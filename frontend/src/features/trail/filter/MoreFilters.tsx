import { Group, Select, type SelectProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDefinitions, useEventName } from "../../../record";
import { useDevices } from "../api/people";
import { useSourceName, useStateName } from "../names";
import { fieldsOf } from "./fields";
import { sources, states, type Filter } from "./filter";

interface Props {
  filter: Filter;
  onChange: (name: keyof Filter) => (value: string | null) => void;
}

/** MoreFilters select by device, field, kind of entry, source and state. */
export function MoreFilters({ filter, onChange }: Props) {
  const { t } = useTranslation("trail");
  const eventName = useEventName();
  const sourceName = useSourceName();
  const stateName = useStateName();
  const definitions = useDefinitions();
  const devices = useDevices();
  const named = (list: readonly string[], nameOf: (value: string) => string) => list.map((value) => ({ value, label: nameOf(value) }));
  const choices: { name: keyof Filter; label: string; any: string; data: SelectProps["data"] }[] = [
    {
      name: "device",
      label: t("filter.device"),
      any: t("filter.anyDevice"),
      data: (devices.data ?? []).map((device) => ({
        value: device.device,
        label: t(device.self ? "filter.deviceSelf" : "filter.deviceOf", { member: device.member, device: device.device.slice(0, 8) }),
      })),
    },
    { name: "field", label: t("filter.field"), any: t("filter.anyField"), data: fieldsOf(definitions) },
    { name: "type", label: t("filter.type"), any: t("filter.anyType"), data: named(definitions.types, eventName) },
    { name: "source", label: t("filter.source"), any: t("filter.anySource"), data: named(sources, sourceName) },
    { name: "state", label: t("filter.state"), any: t("filter.anyState"), data: named(states, stateName) },
  ];
  return (
    <Group gap="xs" mb="xs">
      {choices.map(({ name, label, any, data }) => (
        <Select
          key={name}
          size="xs"
          w={190}
          aria-label={label}
          placeholder={any}
          data={data ?? []}
          value={filter[name] ?? null}
          onChange={onChange(name)}
          clearable
          searchable
        />
      ))}
    </Group>
  );
}
