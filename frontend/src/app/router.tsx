import type { QueryClient } from "@tanstack/react-query";
import {
  createHashHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { stateQuery } from "../api";
import { Loading, readSearch, routes } from "../shared";
import { Crash } from "./Crash";
import { features } from "./features";
import { Root } from "./Root";
import { Shell } from "./Shell";

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Root,
  errorComponent: Crash,
  notFoundComponent: () => null,
});

/** shell is what frames the screens of an open workspace; without one it leads to where one is opened. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const { phase } = await context.client.query({ ...stateQuery, staleTime: "static" });
    if (phase === "locked") throw redirect({ to: routes.unlock, search: { back: location.href } });
    if (phase !== "open") throw redirect({ to: routes.start });
  },
});

const tree = root.addChildren([
  shell.addChildren([
    createRoute({
      getParentRoute: () => shell,
      path: routes.today,
      component: lazyRouteComponent(features.today, "TodayScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.assets,
      validateSearch: (raw) => readSearch("assets", raw),
      component: lazyRouteComponent(features.assets, "AssetsScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.asset,
      validateSearch: (raw) => readSearch("asset", raw),
      component: lazyRouteComponent(features.asset, "AssetScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.notes,
      validateSearch: (raw) => readSearch("notes", raw),
      component: lazyRouteComponent(features.notes, "NotesScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.import,
      component: lazyRouteComponent(features.import, "ImportScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.findings,
      validateSearch: (raw) => readSearch("findings", raw),
      component: lazyRouteComponent(features.findings, "FindingsScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.trail,
      validateSearch: (raw) => readSearch("trail", raw),
      component: lazyRouteComponent(features.trail, "TrailScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.sync,
      validateSearch: (raw) => readSearch("sync", raw),
      component: lazyRouteComponent(features.sync, "SyncScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.members,
      validateSearch: (raw) => readSearch("members", raw),
      component: lazyRouteComponent(features.members, "MembersScreen"),
    }),
    createRoute({
      getParentRoute: () => shell,
      path: routes.settings,
      validateSearch: (raw) => readSearch("settings", raw),
      component: lazyRouteComponent(features.settings, "SettingsScreen"),
    }),
  ]),
  createRoute({
    getParentRoute: () => root,
    path: routes.start,
    validateSearch: (raw) => readSearch("start", raw),
    component: lazyRouteComponent(features.start, "StartScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: routes.unlock,
    validateSearch: (raw) => readSearch("unlock", raw),
    component: lazyRouteComponent(features.start, "UnlockScreen"),
  }),
]);

// Hash history, because a window's asset server and a loopback page alike know one page only.
export const router = createRouter({
  routeTree: tree,
  history: createHashHistory(),
  context: { client: undefined as unknown as QueryClient },
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: Crash,
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
