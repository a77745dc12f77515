import { Button, CloseButton, Group, TextInput } from "@mantine/core";
import { IconColumns3, IconPlus, IconSearch } from "@tabler/icons-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "../../shared";
import { MoreMenu } from "./MoreMenu";
import type { Format } from "./api/export";
import type { View } from "./layout";
import { ViewsMenu } from "./views/ViewsMenu";

interface Props {
  search: string;
  onSearch: (search: string) => void;
  searchRef: RefObject<HTMLInputElement | null>;
  view: View;
  onView: (view: View) => void;
  onColumns: () => void;
  onExport: (format: Format) => void;
  onPrint: () => void;
  onAdd: (() => void) | undefined; // undefined for who may not write
}

/** Toolbar searches the list and changes how it is shown. */
export function Toolbar({ search, onSearch, searchRef, view, onView, onColumns, onExport, onPrint, onAdd }: Props) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  return (
    <Group gap="xs">
      <TextInput
        ref={searchRef}
        w={320}
        type="search"
        aria-label={t("search.label")}
        placeholder={t("search.placeholder")}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={search ? <CloseButton size="sm" aria-label={common("actions.clear")} onClick={() => onSearch("")} /> : <Keys keys="/" />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onSearch("");
        }}
        autoComplete="off"
        spellCheck={false}
      />
      <ViewsMenu current={view} onApply={onView} />
      <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />} onClick={onColumns}>
        {t("columns.menu")}
      </Button>
      <MoreMenu onExport={onExport} onPrint={onPrint} />
      {onAdd && (
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
          {t("add.open")}
        </Button>
      )}
    </Group>
  );
}
