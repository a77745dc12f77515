import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Look } from "./Look";
import { router } from "./router";
import { ShortcutRegistry } from "./ShortcutRegistry";

/** App is the whole page. */
export function App({ client }: { client: QueryClient }) {
  return (
    <QueryClientProvider client={client}>
      <Look>
        <ShortcutRegistry>
          <RouterProvider router={router} context={{ client }} />
        </ShortcutRegistry>
      </Look>
    </QueryClientProvider>
  );
}
