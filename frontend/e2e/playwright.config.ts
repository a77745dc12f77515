import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** chromium is the system's, so that no browser is downloaded. */
const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
if (!existsSync(chromium)) throw new Error(`no Chromium at ${chromium}: install Debian's package chromium, or name yours in CHROMIUM`);

// Chromium refuses its sandbox to root, whom containers run as.
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: ".",
  outputDir: "../out/e2e",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A second go tells a browser that starved from a promise that broke; the report names such a test as flaky.
  retries: 1,
  // Whole stories, on a machine that may build and test all else beside them.
  timeout: 600_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 720 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    colorScheme: "light",
    screenshot: "only-on-failure",
    trace: "retain-on-first-failure",
    actionTimeout: 20_000,
    launchOptions: { executablePath: chromium, args },
  },
});
