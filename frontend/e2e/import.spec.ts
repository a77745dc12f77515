import { join } from "node:path";
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
