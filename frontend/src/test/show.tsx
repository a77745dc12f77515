import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { Suspense, type ReactNode } from "react";
import { newQueryClient } from "../api";
import { AppearanceContext, routes, usual, type Appearance } from "../shared";

interface Options {
  /** path is the address that the component is shown at, as "/assets?search=plc"; links lead anywhere in the same component. */
  path?: string;
  appearance?: Partial<Appearance>;
  client?: QueryClient;
}

export interface Shown extends RenderResult {
  user: UserEvent;
  client: QueryClient;
  /** address is where links and actions led: path and search, as "/trail?asset=RAV-PLC-004". */
  address: () => string;
}

/** show renders a component as the app would: with theme, texts, queries and an address, but without the shell. Await it: the address is read first. */
export async function show(children: ReactNode, options: Options = {}): Promise<Shown> {
  const client = options.client ?? newQueryClient();
  const history = createMemoryHistory({ initialEntries: [options.path ?? "/"] });
  const root = createRootRoute();
  const component = () => <Suspense fallback={null}>{children}</Suspense>;
  const places = Object.values(routes).map((path) => createRoute({ getParentRoute: () => root, path, component }));
  const router = createRouter({ routeTree: root.addChildren(places), history, defaultPendingMinMs: 0 });
  await router.load();
  const held = { appearance: { ...usual, ...options.appearance }, change: () => undefined };
  const result = render(
    <QueryClientProvider client={client}>
      <AppearanceContext value={held}>
        <MantineProvider env="test">
          <RouterProvider router={router as never} />
          <Notifications />
        </MantineProvider>
      </AppearanceContext>
    </QueryClientProvider>,
  );
  return { ...result, user: userEvent.setup(), client, address: () => history.location.href };
}
