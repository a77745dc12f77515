import type { Page } from "@playwright/test";
import { join } from "node:path";
import { root } from "./support/laptop";
import { meet, work } from "./support/plant";
import { show, typeFact } from "./support/record";
import { expect, go, test } from "./support/test";

/** What a person could press or type into, or that leads elsewhere in the window. */
const controls = ["button", "textbox", "combobox", "checkbox", "tab", "menuitem", "searchbox", "navigation", "grid"] as const;

/** onPaper has the page print itself and shows it as paper does, until it is kept. */
async function onPaper(page: Page, print: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", "");
  });
  await print();
  await expect(page.locator("body[data-printed]")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  for (const role of controls) await expect(page.getByRole(role), role).toHaveCount(0);
  await expect(page.getByText(/^Ravensmere · printed .* UTC by Ada Okafor$/)).toBeVisible();
}

/** keep checks that nothing goes beyond the paper's edge, and leaves what is printed as a PDF. */
async function keep(page: Page, name: string): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond).toBeLessThanOrEqual(0);
  await page.pdf({ path: join(root, "frontend/out/paper", `${name}.pdf`), preferCSSPageSize: true, format: "A4" });
}

test("the list of assets goes to paper with all of its rows", async ({ plant, open }) => {
  const page = await open(plant.ada);
  await go(page, "Assets");
  await expect(page.getByText("199 assets", { exact: true })).toBeVisible();
  await onPaper(page, async () => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Print this list" }).click();
  });
  await expect(page.getByRole("row")).toHaveCount(200);
  await expect(page.getByRole("row", { name: /RAV-PLC-004/ })).toBeVisible();
  await keep(page, "assets");
});

test("an asset goes to paper with its history, and what is being typed stays on the screen", async ({ plant, open }) => {
  await work(plant);
  await meet(plant);
  const page = await open(plant.ada);
  await typeFact(page, "RAV-PLC-004", "Room", "nobody prints this");
  await onPaper(page, () => page.getByRole("button", { name: "Print", exact: true }).click());
  for (const heading of ["Position", "Unit", "Network", "Notes", "History"]) await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
  await expect(page.getByText("Vendor replaced the memory card and loaded V3.2.19.").last()).toBeVisible();
  await expect(page.getByText("nobody prints this")).toHaveCount(1);
  await keep(page, "asset");
});

test("the trail goes to paper with all of its rows", async ({ plant, open }) => {
  await work(plant);
  await meet(plant);
  const page = await open(plant.ada);
  await show(page, "RAV-PLC-004");
  await page.evaluate(() => window.location.assign("#/trail?asset=RAV-PLC-004"));
  await expect(page.getByText("CR-0042 step 3").first()).toBeVisible();
  await onPaper(page, () => page.getByRole("button", { name: "Print", exact: true }).click());
  await expect(page.getByRole("row", { name: /CR-0042 step 3/ })).toBeVisible();
  await expect(page.getByText(/Only: asset RAV-PLC-004/)).toBeVisible();
  await keep(page, "trail");
});
