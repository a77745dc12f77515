import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/** routes are the addresses of all screens: features link to each other by these and never by import. */
export const routes = {
  today: "/",
  assets: "/assets",
  asset: "/assets/$ref",
  notes: "/notes",
  import: "/import",
  findings: "/findings",
  trail: "/trail",
  sync: "/sync",
  members: "/members",
  settings: "/settings",
  start: "/start",
  unlock: "/unlock",
} as const;
export type Screen = keyof typeof routes;

type Kind = "text" | "list" | "flag" | "order";
interface Values {
  text: string;
  list: string[];
  flag: boolean;
  order: "asc" | "desc";
}

const filters = {
  asset: "text",
  stream: "text",
  member: "text",
  device: "text",
  field: "text",
  type: "text",
  source: "text",
  since: "text",
  until: "text",
  state: "text",
} as const;

/** kept is what each screen keeps in its address, so that a link, going back and a reload bring the same view. */
const kept = {
  today: {},
  assets: { search: "text", where: "list", site: "text", sort: "text", view: "text", as_of: "text", struck: "flag", new: "flag", export: "flag" },
  asset: { tab: "text", field: "text", as_of: "text", edit: "flag" },
  notes: { search: "text", kind: "text", state: "text", asset: "text", note: "text", new: "flag" },
  import: {},
  findings: { finding: "text", kind: "text", settled: "flag" },
  trail: { ...filters, order: "order", as_of: "text", verify: "flag" },
  sync: { remote: "text", add: "flag", now: "flag" },
  members: { request: "flag" },
  settings: { section: "text" },
  start: { way: "text" },
  unlock: { back: "text" },
} as const satisfies Record<Screen, Record<string, Kind>>;

/** Search is what the address of each screen may say. All of it is optional. */
export type Search = { [S in Screen]: { [K in keyof (typeof kept)[S]]?: Values[(typeof kept)[S][K] & Kind] } };

/** readSearch takes from an address what its screen keeps there and drops the rest, whoever wrote it. */
export function readSearch<S extends Screen>(screen: S, raw: Record<string, unknown>): Search[S] {
  const read = Object.entries(kept[screen] as Record<string, Kind>).map(([name, kind]) => [name, readValue(kind, raw[name])]);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as Search[S];
}

function readValue(kind: Kind, value: unknown): unknown {
  switch (kind) {
    case "flag":
      return value === true ? true : undefined;
    case "order":
      return value === "asc" || value === "desc" ? value : undefined;
    case "list":
      return Array.isArray(value) ? value.map(String) : undefined;
    case "text":
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  }
}

/** usePath is the path of the address. What the address says beside it changes while people work in a screen, and draws no more than that screen. */
export const usePath = (): string => useLocation({ select: ({ pathname }) => pathname });

/** useAddress reads what the screen keeps in its address and gives a function that changes parts of it; undefined takes a part out. */
export function useAddress<S extends Screen>(screen: S): [Search[S], (change: Partial<Search[S]>) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = useMemo(() => readSearch(screen, raw), [screen, raw]);
  const navigate = useNavigate();
  const path = usePath();
  const change = useCallback(
    (part: Partial<Search[S]>) => {
      const merge = (before: object) => ({ ...before, ...part });
      void navigate({ to: path, search: merge, replace: true });
    },
    [navigate, path],
  );
  return [search, change];
}

/** Go leads to a screen. */
export type Go = <S extends Screen>(screen: S, to?: { ref?: string; search?: Search[S] }) => void;

/** useGo gives the function by which actions and handlers lead to a screen; in a page's text a Link is better. */
export function useGo(): Go {
  const navigate = useNavigate();
  return useCallback(
    (screen, to = {}) => {
      const target = { to: routes[screen], params: { ref: to.ref ?? "" }, search: to.search ?? {} };
      // Which search belongs to which screen is checked by the type of Go; the router cannot follow that through a variable.
      void navigate(target as unknown as Parameters<typeof navigate>[0]);
    },
    [navigate],
  );
}
