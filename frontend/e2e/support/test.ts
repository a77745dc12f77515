import { test as base, type Browser, type Page } from "@playwright/test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Laptop, passphrase } from "./laptop";
import { copyOf, found, type Plant } from "./plant";

/** Open starts the page of a laptop in a browser of its own, as its person would, up to the unlocked record. */
export type Open = (laptop: Laptop) => Promise<Page>;

interface Mine {
  /** home is an empty folder that goes when the test ends. */
  home: string;
  /** plant is the sample plant on two laptops that hold the same. */
  plant: Plant;
  /** visit starts the page of a laptop and stops where the program asks for something. */
  visit: Open;
  open: Open;
}

async function folder(give: (path: string) => Promise<void>): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), "fieldbook-e2e-"));
  await give(path);
  await rm(path, { recursive: true, force: true });
}

export const test = base.extend<Mine, { founded: Plant }>({
  // Founding takes seconds: once for each worker, and a copy of it for each test.
  founded: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from this pattern that nothing is needed
    async ({}, give) => folder(async (home) => give(await found(home))),
    { scope: "worker" },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  home: async ({}, give) => folder(give),
  plant: async ({ founded, home }, give) => give(await copyOf(founded, home)),
  visit: async ({ browser }, give) => {
    const laptops: Laptop[] = [];
    const pages: Page[] = [];
    await give(async (laptop) => {
      laptops.push(laptop);
      const page = await pageOf(browser, await laptop.serve());
      pages.push(page);
      return page;
    });
    // The browser outlives the test; a page left open would go on asking a program that has ended.
    for (const page of pages) await page.context().close();
    for (const laptop of laptops) await laptop.close();
  },
  open: async ({ visit }, give) => {
    await give(async (laptop) => {
      const page = await visit(laptop);
      await unlock(page);
      return page;
    });
  },
});

export { expect } from "@playwright/test";

/** unlock types the passphrase where the program asks for it. */
export async function unlock(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Passphrase", exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
}

/** go leads to a screen by the navigation. */
export async function go(page: Page, screen: string): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: screen }).click();
}

async function pageOf(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}
