import { Spotlight } from "@mantine/spotlight";
import { IconCpu, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, keys, ok } from "../api";
import { Keys, useGo } from "../shared";
import type { Command } from "./commands";
import { store } from "./spotlight";

/** most is how many assets the palette shows. */
const most = 8;

/** Palette finds screens, assets and actions by a few letters. */
export function Palette({ commands }: { commands: Command[] }) {
  const { t } = useTranslation("app");
  const [query, setQuery] = useState("");
  const go = useGo();
  const assets = useAssets(query);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(
    ({ id, label }) => id !== "app.palette" && words.every((word) => label.toLowerCase().includes(word)),
  );
  const alone = found.length === 0 && assets.length > 0;
  useEffect(() => {
    if (alone) selectFirst();
  }, [alone, assets]);
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <Spotlight.Root
      store={store}
      centered={false}
      title={t("search")}
      classNames={{ header: "visually-hidden" }}
      query={query} onQueryChange={setQuery} shortcut={null} scrollable maxHeight={440} overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}>
      <Spotlight.Search placeholder={t("palette.placeholder")} leftSection={<IconSearch size={18} aria-hidden />} aria-label={t("search")} />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {found
              .filter((command) => command.group === group)
              .map(({ id, label, icon: Mark, keys, run }) => (
                <Spotlight.Action
                  key={id}
                  label={label}
                  leftSection={<Mark size={18} stroke={1.6} aria-hidden />}
                  rightSection={keys && <Keys keys={keys} />}
                  onClick={run}
                />
              ))}
          </Spotlight.ActionsGroup>
        ))}
        {assets.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.assets")}>
            {assets.map(({ id, tag, site, values }) => (
              <Spotlight.Action
                key={id}
                label={tag}
                description={[site, values.name, values.model].filter(Boolean).join(" · ")}
                leftSection={<IconCpu size={18} stroke={1.6} aria-hidden />}
                onClick={() => go("asset", { ref: id })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length === 0 && assets.length === 0 && <Spotlight.Empty>{t("palette.nothing")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** selectFirst lets Enter open the first asset: Spotlight itself selects only when the query changes, and assets come later. */
function selectFirst(): void {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector("[data-selected]")?.removeAttribute("data-selected");
  list?.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  store.setState({ ...store.getState(), selected: 0 });
}

/** useAssets asks the program, which searches all fields of all assets. */
function useAssets(query: string) {
  const [search] = useDebouncedValue(query.trim(), 120);
  const { data } = useQuery({
    queryKey: keys.record("palette", search),
    queryFn: ({ signal }) =>
      ok(api.GET("/assets", { params: { query: { search, limit: most, columns: "name,model" } }, signal })),
    enabled: search.length > 1,
    placeholderData: keepPreviousData,
  });
  return search.length > 1 ? (data?.items ?? []) : [];
}

