import type { Page } from "@playwright/test";
import { join } from "node:path";
import { barriers } from "./support/access";
import { root } from "./support/laptop";
import { meet, work } from "./support/plant";
import { places } from "./support/places";
import { verify } from "./support/record";
import { expect, test } from "./support/test";

for (const theme of ["light", "dark", "contrast", "paper"]) {
  test(`every screen in the theme ${theme} is accessible`, async ({ plant, visit, open }) => {
    await work(plant);
    await meet(plant);
    const page = await test.step("start", async () => {
      const closed = await visit(plant.jo);
      await look(closed, theme);
      await check(closed, theme, "unlock");
      await closed.evaluate(() => window.location.assign("#/start"));
      await check(closed, theme, "start");
      return open(plant.ada);
    });
    await look(page, theme);
    for (const { name, address, shown } of places) {
      await test.step(name, async () => {
        await page.evaluate((hash) => window.location.assign(hash), address);
        await expect(shown(page)).toBeVisible();
        await check(page, theme, name);
      });
    }
    await test.step("verified", async () => {
      await verify(page);
      await check(page, theme, "verified");
    });
  });
}

/** look gives the page a theme as it remembers one, and loads it anew. */
async function look(page: Page, theme: string): Promise<void> {
  // Before that the page may be about to exchange its token, which works once.
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.evaluate((value) => localStorage.setItem("fieldbook-appearance", JSON.stringify({ theme: value })), theme);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

async function check(page: Page, theme: string, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Loading…")).toHaveCount(0);
  await page.screenshot({ path: join(root, "frontend/out/screens", `${name}-${theme}.png`), animations: "disabled" });
  expect.soft(await barriers(page), `${name} in ${theme}`).toEqual([]);
}
