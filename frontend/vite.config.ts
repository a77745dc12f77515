import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The page is served from the root of a loopback address and from a window's own scheme alike.
  base: "./",
  plugins: [react()],
  build: {
    target: "es2022",
    // A vitest test adds up what the first screen loads from it.
    manifest: true,
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
    restoreMocks: true,
  },
});
