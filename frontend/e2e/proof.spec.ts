import { open as openFile } from "node:fs/promises";
import { join } from "node:path";
import { editFact, verify } from "./support/record";
import { expect, go, test } from "./support/test";

test("the trail tells who, what and why, and filters by field", async ({ plant, open }) => {
  const page = await open(plant.ada);
  await editFact(page, "RAV-PLC-004", "Firmware", "V9.9.9", "replaced on site");
  await go(page, "Audit trail");
  await expect(page.getByText("replaced on site").first()).toBeVisible();
  await expect(page.getByText("V9.9.9").first()).toBeVisible();
});

test("verification holds, and finds a file that was tampered with", async ({ plant, open }) => {
  const page = await open(plant.ada);
  await verify(page);
  await expect(page.getByText("The record holds")).toBeVisible();
  await expect(page.getByText(/20\d entries in 2 feeds/)).toBeVisible();
  await tamper(join(plant.ada.dir, "fieldbook.db"));
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByText("The record does not hold")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("heading", { name: "What to do now" })).toBeVisible();
});

/** tamper alters one byte in the middle of a file. */
async function tamper(path: string): Promise<void> {
  const file = await openFile(path, "r+");
  const { size } = await file.stat();
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, Math.floor(size / 2));
  byte[0] = (byte[0] ?? 0) ^ 0xff;
  await file.write(byte, 0, 1, Math.floor(size / 2));
  await file.close();
}
