import { defineConfig } from "@playwright/test";
import tests from "../e2e/playwright.config";

// One at a time and without traces: what is measured has the machine for itself.
export default defineConfig({
  ...tests,
  testDir: ".",
  outputDir: "../out/speed",
  workers: 1,
  timeout: 600_000,
  reporter: [["line"]],
  use: { ...tests.use, trace: "off", screenshot: "off" },
});
