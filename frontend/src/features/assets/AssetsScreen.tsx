import { Alert, Button, Group, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../api";
import { Failure, Loading, Page, useAddress, useAppearance, useFormats, useGo, useShortcutHelp, useShortcuts } from "../../shared";
import { AddAsset } from "./AddAsset";
import { PrintList } from "./PrintList";
import { SelectionBar } from "./SelectionBar";
import { Toolbar } from "./Toolbar";
import { Nothing } from "./Nothing";
import { BulkEdit } from "./bulk/BulkEdit";
import { FilterBar } from "./filter/FilterBar";
import { Grid } from "./grid/Grid";
import { readView } from "./layout";
import { countSelected } from "./selection";
import { useExport } from "./useExport";
import { useList } from "./useList";
import { usePrint } from "./usePrint";
import { useSelection } from "./useSelection";
import { useTable } from "./useTable";
import { ColumnsPanel } from "./views/ColumnsPanel";

/** AssetsScreen lists the plant: a table of any length with search, filters, views, and work on many assets at once. */
export function AssetsScreen() {
  const { t } = useTranslation("assets");
  const { moment } = useFormats();
  const { appearance } = useAppearance();
  const [address, change] = useAddress("assets");
  const [query, setQuery] = useList();
  const table = useTable(query);
  const choosing = useSelection(table.rows);
  const exporting = useExport(query);
  const printing = usePrint(table.rows);
  const [panel, setPanel] = useState<"columns" | "bulk" | "filter" | null>(null);
  const searching = useRef<HTMLInputElement>(null);
  const go = useGo();
  const role = useProgramState().me?.role;
  const writes = (role === "owner" || role === "engineer") && !query.asOf;
  const { total, struck } = table.rows;
  const standing = total - struck;
  // What is listed stays in sight until the next has come, but for rows of another time than the screen says.
  const turning = table.rows.listing.query.asOf !== query.asOf;
  const exportOnce = useEffectEvent(() => {
    change({ export: undefined });
    void exporting.run("xlsx");
  });
  useEffect(() => {
    if (address.export) exportOnce();
  }, [address.export]);
  useKeys({
    search: () => searching.current?.focus(),
    filter: () => setPanel("filter"),
    add: () => writes && change({ new: true }),
  });

  return (
    <Page
      fill
      title={t("title")}
      beside={
        <Text size="sm" c="dimmed" className="tabular" role="status">
          {turning || (table.rows.pending && total === 0) ? t("counting") : t("count", { count: total })}
        </Text>
      }
      actions={
        <Toolbar
          search={query.search}
          onSearch={(search) => setQuery({ search })}
          searchRef={searching}
          view={{ ...table.layout, ...query, where: [...query.where] }}
          onView={(view) => {
            const { columns, widths, ...listed } = readView(view);
            table.setLayout({ columns, widths });
            setQuery(listed);
          }}
          onColumns={() => setPanel("columns")}
          onExport={(format) => void exporting.run(format)}
          onPrint={() => void printing.print()}
          onAdd={writes ? () => change({ new: true }) : undefined}
        />
      }
    >
      {query.asOf && (
        <Alert color="blue" icon={<IconHistory aria-hidden />} p="xs" mb="xs">
          <Group justify="space-between">
            <Text size="sm">{t("asOf.banner", { time: moment(query.asOf) })}</Text>
            <Button size="compact-sm" variant="default" onClick={() => setQuery({ asOf: "" })}>
              {t("asOf.now")}
            </Button>
          </Group>
        </Alert>
      )}
      <Group justify="space-between" mb="xs" className="no-print">
        <FilterBar query={query} onQuery={setQuery} adding={panel === "filter"} onAdding={(on) => setPanel(on ? "filter" : null)} />
        <SelectionBar choosing={choosing} total={standing} onEdit={writes ? () => setPanel("bulk") : undefined} />
      </Group>
      {table.rows.error ? (
        <Failure error={table.rows.error} retry={table.rows.retry} />
      ) : turning ? (
        <Loading />
      ) : !table.rows.pending && total === 0 ? (
        <Nothing query={query} onAll={() => setQuery({ search: "", where: [] })} onAdd={writes ? () => change({ new: true }) : undefined} />
      ) : (
        table.ready && (
          <Grid
            rows={table.rows}
            columns={table.columns}
            layout={table.layout}
            onLayout={table.setLayout}
            sort={query.sort}
            onSort={(sort) => setQuery({ sort })}
            selection={choosing.selection}
            onToggle={choosing.toggle}
            onRange={choosing.range}
            onAll={choosing.all}
            onOpen={(row) => {
              const item = table.rows.at(row);
              if (item) go("asset", { ref: item.id, search: query.asOf ? { as_of: query.asOf } : {} });
            }}
            rowHeight={appearance.touch ? 44 : 30}
          />
        )
      )}
      <ColumnsPanel opened={panel === "columns"} onClose={() => setPanel(null)} layout={table.layout} onLayout={table.setLayout} />
      {panel === "bulk" && (
        <BulkEdit target={{ selection: choosing.selection, query }} count={countSelected(choosing.selection, standing)} struck={struck} onClose={() => setPanel(null)} />
      )}
      {address.new && writes && <AddAsset onClose={() => change({ new: undefined })} />}
      {exporting.shown}
      {printing.paper && <PrintList query={query} rows={printing.paper} total={total} columns={table.columns} />}
    </Page>
  );
}

/** useKeys makes the keys of the screen work, and lists those of the grid beside them. */
function useKeys({ search, filter, add }: { search: () => void; filter: () => void; add: () => void }): void {
  const { t } = useTranslation("assets");
  useShortcuts(t("shortcut.title"), [
    { keys: "/", label: t("shortcut.search"), run: search },
    { keys: "F", label: t("shortcut.filter"), run: filter },
    { keys: "C", label: t("shortcut.add"), run: add },
  ]);
  useShortcutHelp(t("grid.keys"), [
    { keys: "ArrowDown", label: t("shortcut.move") },
    { keys: "Enter", label: t("shortcut.open") },
    { keys: "Space", label: t("shortcut.select") },
    { keys: "shift+ArrowDown", label: t("shortcut.range") },
    { keys: "mod+A", label: t("shortcut.all") },
    { keys: "Escape", label: t("shortcut.none") },
    { keys: "alt+ArrowRight", label: t("shortcut.width") },
    { keys: "shift+ArrowRight", label: t("shortcut.order") },
  ]);
}
