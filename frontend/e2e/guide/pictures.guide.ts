import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { inventory, Laptop, root } from "../support/laptop";
import { places } from "../support/places";
import { meet, work } from "../support/plant";
import { choose, wordsOf } from "../support/steps";
import { expect, go, test } from "../support/test";

const folder = join(root, "docs/user-guide");

/** picture keeps what the page shows, with as few colours as it needs where ImageMagick is at hand. */
async function picture(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await expect(page.getByText("Loading…")).toHaveCount(0);
  await page.screenshot({ path, animations: "disabled", caret: "initial" });
  await promisify(execFile)("convert", [path, "-strip", "+dither", "-colors", "64", `PNG8:${path}`]).catch(() => undefined);
}

test.beforeAll(() => mkdir(folder, { recursive: true }));

test("start", async ({ home, visit }) => {
  const page = await visit(new Laptop(home, "new"));
  await expect(page.getByText("Create a record")).toBeVisible();
  await picture(page, "start");
});

test("every screen", async ({ plant, open }) => {
  await work(plant);
  await meet(plant);
  const page = await open(plant.ada);
  for (const { name, address, shown } of places) {
    await page.evaluate((hash) => window.location.assign(hash), address);
    await expect(shown(page)).toBeVisible();
    await picture(page, name);
  }
});

test("import and approval", async ({ plant, open, home }) => {
  const page = await open(plant.ada);
  await go(page, "Import");
  await choose(page, "Choose a file…", inventory("assets_messy_cp1252_semicolon.csv"));
  await page.getByRole("textbox", { name: "Site" }).fill("RAV");
  await picture(page, "import-columns");
  await page.getByRole("combobox", { name: "Role", exact: true }).click();
  await page.getByRole("option", { name: "Programmable logic controller (PLC)" }).click();
  await page.getByRole("textbox", { name: /^Owner/ }).fill("Controls");
  await page.getByRole("button", { name: "Check the list" }).click();
  await expect(page.getByText("95 rows would give this.")).toBeVisible();
  await page.getByText(/^Changed \d+$/).click();
  await picture(page, "import-check");

  const request = join(home, "max.request");
  await new Laptop(home, "max").run("join", "--member", "Max Brandt", "--request", request);
  await page.evaluate(() => window.location.assign("#/members?request=true"));
  await choose(page, "Choose the request…", request);
  await wordsOf(page, "Words of the request");
  await picture(page, "approve");
});
