import { expect, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { passphrase } from "./laptop";

/** keepKey reads the recovery key from the page, as a person writes it down, and types the groups that are asked for. */
export async function keepKey(page: Page): Promise<void> {
  const groups = await wordsOf(page, "Recovery key");
  await page.getByRole("button", { name: "I have written it down" }).click();
  await expect(page.getByRole("textbox", { name: /^Group / })).toHaveCount(2);
  for (const [at, group] of groups.entries()) {
    const input = page.getByRole("textbox", { name: `Group ${at + 1}`, exact: true });
    if (await input.isVisible()) await input.fill(group);
  }
  await page.getByRole("button", { name: "Finish" }).click();
}

/** newPassphrase types the passphrase where a new one is asked for. */
export async function newPassphrase(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Passphrase", exact: true }).fill(passphrase);
  await page.getByRole("textbox", { name: "The same passphrase again" }).fill(passphrase);
}

/** choose answers the system's file dialog that a button opens. */
export async function choose(page: Page, button: string, file: string): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await asked).setFiles(file);
}

/** download gives the text of the file that a button hands out, and leaves it at a path. */
export async function download(page: Page, button: string | RegExp, path: string): Promise<string> {
  const handed = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  await (await handed).saveAs(path);
  return readFile(path, "utf8");
}

/** wordsOf are the fingerprint words that a page shows under a label. */
export async function wordsOf(page: Page, label: string): Promise<string[]> {
  const words = page.getByRole("list", { name: label }).getByRole("listitem");
  await words.first().waitFor();
  return words.allInnerTexts();
}

/** syncAll exchanges entries with all remotes on the sync screen and waits for the outcome. */
export async function syncAll(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Sync" }).click();
  await page.getByRole("button", { name: "Sync all" }).click();
  await expect(page.getByText(/entr(y|ies) sent, |Nothing new on either side/)).toBeVisible();
}

/** addStick names a folder as remote on the sync screen, with begin one that is not there yet, and exchanges entries with it at once. */
export async function addStick(page: Page, path: string, begin = false): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Sync" }).click();
  await page.getByRole("button", { name: "Add a remote" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "What you call it" }).fill("stick");
  await dialog.getByRole("textbox", { name: "Folder" }).fill(path);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  if (begin) await dialog.getByRole("button", { name: "Create this folder" }).click();
  await dialog.getByRole("button", { name: "Sync now", exact: true }).click();
  await expect(page.getByText(/entr(y|ies) sent, /)).toBeVisible();
}
