import { expect, type Page } from "@playwright/test";

/** The steps of everyday work on the record, as a person takes them with the mouse. */

/** show leads to the page of an asset by its address. */
export async function show(page: Page, tag: string): Promise<void> {
  await page.evaluate((address) => window.location.assign(address), `#/assets/${tag}`);
  await expect(page.getByRole("heading", { level: 1, name: tag })).toBeVisible();
}

/** typeFact types another value for a field of an asset and leaves it unsaved. */
export async function typeFact(page: Page, tag: string, field: string, value: string): Promise<void> {
  await show(page, tag);
  await page.getByRole("button", { name: new RegExp(`^Edit ${field}:`) }).click();
  await page.getByRole("textbox", { name: field, exact: true }).fill(value);
  await page.keyboard.press("Enter");
}

/** editFact gives a field of an asset another value, for a reason. */
export async function editFact(page: Page, tag: string, field: string, value: string, reason: string): Promise<void> {
  await typeFact(page, tag, field, value);
  const bar = page.getByRole("region", { name: "Changes not saved yet" });
  await bar.getByRole("combobox", { name: "Reason" }).fill(reason);
  await bar.getByRole("button", { name: "Save", exact: true }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByRole("button", { name: `Edit ${field}: ${value}` })).toBeVisible();
}

/** swapUnit records that other hardware was put into a position. */
export async function swapUnit(page: Page, tag: string, serial: string, reason: string): Promise<void> {
  await show(page, tag);
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Swap the unit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^Serial/ }).fill(serial);
  await dialog.getByRole("combobox", { name: "Reason" }).fill(reason);
  await dialog.getByRole("button", { name: "Swap the unit" }).click();
  await expect(dialog).toBeHidden();
}

/** writeNote writes a note about an asset, on its page. */
export async function writeNote(page: Page, tag: string, text: string): Promise<void> {
  await show(page, tag);
  await page.getByRole("tab", { name: /^Notes/ }).click();
  await page.getByText("New note", { exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^Text/ }).fill(text);
  await dialog.getByRole("button", { name: /^Save note/ }).click();
  await expect(dialog).toBeHidden();
}

/** decide settles the one collision of values among the findings. */
export async function decide(page: Page, value: string, reason: string): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Findings" }).click();
  await page.getByRole("option", { name: /Firmware/ }).click();
  await page.getByRole("radio", { name: value }).check();
  await page.getByRole("combobox", { name: "Reason" }).fill(reason);
  await page.getByRole("button", { name: "Decide", exact: true }).click();
  await expect(page.getByRole("option", { name: /Firmware:/ })).toBeHidden();
}

/** verify runs a deep verification on the audit trail's screen and waits for what it says. */
export async function verify(page: Page): Promise<void> {
  await page.evaluate(() => window.location.assign("#/trail?verify=true"));
  await page.getByRole("checkbox", { name: "Deep check" }).check();
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByRole("heading", { name: "What was checked" })).toBeVisible({ timeout: 60_000 });
}
