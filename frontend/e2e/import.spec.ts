import type { Page } from "@playwright/test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { barriers } from "./support/access";
import { inventory } from "./support/laptop";
import { choose, download } from "./support/steps";
import { expect, go, test } from "./support/test";

test("the messy list: columns, what it lacks, difference, refused rows", async ({ home, plant, open }) => {
  const page = await open(plant.ada);
  await go(page, "Import");
  await choose(page, "Choose a file…", inventory("assets_messy_cp1252_semicolon.csv"));

  await test.step("what the columns mean is found, and can be changed", async () => {
    await expect(page.getByText(/95 rows · header in row 3 · read as cp1252/)).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Make goes to" })).toHaveValue("Vendor");
    await page.getByRole("combobox", { name: "Loc. goes to" }).click();
    await page.getByRole("option", { name: "Keep under its own header" }).click();
    await expect(page.getByRole("row", { name: /^Loc\./ }).getByText("you chose it")).toBeVisible();
  });

  await test.step("what the list lacks is given once", async () => {
    await page.getByRole("textbox", { name: "Site" }).fill("RAV");
    await page.getByRole("combobox", { name: "Role", exact: true }).click();
    await page.getByRole("option", { name: "Programmable logic controller (PLC)" }).click();
    await page.getByRole("textbox", { name: /^Owner/ }).fill("Controls");
  });

  await test.step("the assignment is kept for the next list", async () => {
    await page.getByRole("button", { name: "Keep this assignment" }).click();
    await page.getByRole("textbox", { name: "Name of the assignment" }).fill("Ravensmere export");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await expect(page.getByRole("button", { name: "Use a kept assignment" })).toBeEnabled();
  });

  await test.step("the difference shows refusals first, and changes before and after", async () => {
    await page.getByRole("button", { name: "Check the list" }).click();
    await expect(page.getByText("95 rows would give this.")).toBeVisible();
    const rows = page.getByRole("region", { name: "Rows of the list" });
    await expect(rows.getByText("this row adds up others and is no asset")).toBeVisible();
    await expect(rows.getByText(/is about the same asset/)).toHaveCount(3);
    await page.getByText(/^Changed \d+$/).click();
    await expect(rows.getByRole("row").nth(1)).toContainText(/:/);
  });

  await test.step("it is written for a reason, and refused rows can be saved", async () => {
    await page.getByRole("combobox", { name: "Why do you import this list?" }).fill("rev 14, by hand");
    await page.getByRole("button", { name: /^Import \d+ rows$/ }).click();
    await expect(page.getByText("The list is in the record")).toBeVisible();
    const refused = await download(page, "Save the refused rows", join(home, "refused.csv"));
    expect(refused).toMatch(/^\uFEFF.*,Refused because\r\n/);
    expect(refused).toMatch(/\r\nTOTAL,.*this row adds up others and is no asset\r\n/);
    await page.getByRole("link", { name: "See these entries in the trail" }).click();
    await expect(page.getByText("rev 14, by hand").first()).toBeVisible();
  });
});

test("an import goes on when its screen is left, and is told of at its end", async ({ home, plant, open }) => {
  const page = await open(plant.ada);
  const list = join(home, "more.csv");
  const lines = (await readFile(inventory("assets.csv"), "utf8")).split("\n").slice(0, 20);
  await writeFile(list, lines.join("\n").replaceAll("RAV-PLC-", "RAV-PLC-9"));
  await go(page, "Import");
  await choose(page, "Choose a file…", list);
  await page.getByRole("button", { name: "Check the list" }).click();
  await page.getByRole("combobox", { name: "Why do you import this list?" }).fill("the new line");

  // The page hears nothing of the import before its screen is left.
  let left: () => void = () => undefined;
  const leaving = new Promise<void>((resolve) => (left = resolve));
  await page.route("**/api/jobs/*", async (route) => {
    await leaving;
    await route.continue();
  });
  await page.getByRole("button", { name: /^Import \d+ rows$/ }).click();
  await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
  await go(page, "Assets");
  await expect(page.getByRole("grid")).toBeVisible();
  const told = await elsewhere(page);
  left();

  const end = page.getByRole("alert").filter({ hasText: "Import" });
  await expect(end).toContainText("Done");
  expect(await told()).toEqual(["Import: Done"]);
  // Two digits of findings: axe judges the colours of no single one.
  await expect(page.getByRole("link", { name: /^Findings \d\d$/ })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await end.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("The list is in the record")).toBeVisible();
  await expect(end).toBeHidden();
});

/** elsewhere has the person work in another program, where they may be told of things, and gives what they are told. */
async function elsewhere(page: Page): Promise<() => Promise<string[]>> {
  await page.context().grantPermissions(["notifications"]);
  const told = await page.evaluateHandle(() => {
    const shown: string[] = [];
    window.Notification = new Proxy(window.Notification, {
      construct: (real, [title, options]: [string, NotificationOptions]) => {
        shown.push(`${title}: ${options.body ?? ""}`);
        return new real(title, options);
      },
    });
    document.hasFocus = () => false;
    return shown;
  });
  return () => told.jsonValue();
}
