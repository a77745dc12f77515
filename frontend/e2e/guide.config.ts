import { defineConfig } from "@playwright/test";
import config from "./playwright.config";

/** The pictures of docs/user-guide.md, made on the same sample plant and by the same steps as the tests. */
export default defineConfig(config, { testDir: "./guide", testMatch: "*.guide.ts", workers: 1, outputDir: "../out/guide" });
