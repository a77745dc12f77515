import { expect, type Locator, type Page } from "@playwright/test";

/** most is how often Tab is pressed before a target counts as out of the keyboard's reach. */
const most = 200;

/** tabTo presses Tab until the focus is on a target. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

/** pressOn presses a key on a target that Tab reaches. */
export async function pressOn(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** typeInto replaces the text of an input that Tab reaches. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

/** leap leads to a screen by its two letters. */
export async function leap(page: Page, letter: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(letter);
}

/** command runs an entry of the palette, or opens an asset, by typing what it is called. */
export async function command(page: Page, words: string, entry: string | RegExp): Promise<void> {
  await page.keyboard.press("ControlOrMeta+K");
  const search = page.getByPlaceholder("Asset, screen or action");
  await expect(search).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole("dialog").getByRole("button", { name: entry }).or(page.getByRole("option", { name: entry })).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(search).toBeHidden();
}
