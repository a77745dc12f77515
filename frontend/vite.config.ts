import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { firstScreen } from "./vite.firstscreen.ts";

export default defineConfig({
  // The page is served from the root of a loopback address and from a window's own scheme alike.
  base: "./",
  plugins: [react(), firstScreen()],
  build: {
    target: "es2022",
    // Without inlined assets the page needs no data: URLs in its content security policy.
    assetsInlineLimit: 0,
  },
  server: {
    // `fieldbook ui --listen 127.0.0.1:4173` beside `npm run dev`.
    proxy: { "/api": "http://127.0.0.1:4173" },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    css: false,
    // A failed query says what is there in a few lines instead of the whole page.
    env: { DEBUG_PRINT_LIMIT: "1500" },
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
