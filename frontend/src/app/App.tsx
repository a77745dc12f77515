import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Look } from "./Look";
import { OverlayProvider } from "./overlays";
import { router } from "./router";
import { ShortcutRegistry } from "./ShortcutRegistry";

/** App is the whole page. */
export function App({ client }: { client: QueryClient }) {
  return (
    <QueryClientProvider client={client}>
      <Look>
        <ShortcutRegistry>
          <OverlayProvider>
            <RouterProvider router={router} context={{ client }} />
          </OverlayProvider>
        </ShortcutRegistry>
      </Look>
    </QueryClientProvider>
  );
}
