import { Group, SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFindingName } from "../../record";
import { useFormats } from "../../shared";

interface Props {
  kinds: readonly { kind: string; count: number }[];
  kind: string | null;
  search: string;
  settled: boolean;
  onKind: (kind: string | null) => void;
  onSearch: (search: string) => void;
  onSettled: (settled: boolean) => void;
}

/** Filters narrow the list by kind, by words, and to open or settled ones. */
export function Filters({ kinds, kind, search, settled, onKind, onSearch, onSettled }: Props) {
  const { t } = useTranslation("findings");
  const nameOf = useFindingName();
  const { number } = useFormats();
  return (
    <Group gap="xs" mb="xs" role="search">
      <SegmentedControl
        size="xs"
        aria-label={t("filter.state")}
        value={settled ? "settled" : "open"}
        onChange={(value) => onSettled(value === "settled")}
        data={[
          { value: "open", label: t("filter.open") },
          { value: "settled", label: t("filter.settled") },
        ]}
      />
      <Select
        size="xs"
        w={240}
        aria-label={t("filter.kind")}
        placeholder={t("filter.all")}
        data={kinds.map((item) => ({ value: item.kind, label: `${nameOf(item.kind)} (${number(item.count)})` }))}
        value={kind}
        onChange={onKind}
        clearable
      />
      <TextInput
        size="xs"
        w={240}
        aria-label={t("filter.search")}
        placeholder={t("filter.search")}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
    </Group>
  );
}
