import { show, typeFact } from "./support/record";
import { expect, test, unlock } from "./support/test";

test("what the command line changes shows at once in the open page", async ({ plant, open }) => {
  const page = await open(plant.ada);
  await show(page, "RAV-PLC-004");
  await plant.ada.run("asset", "set", "RAV-PLC-004", "firmware=V4.0.0", "--reason", "by the command line");
  await expect(page.getByRole("button", { name: "Edit Firmware: V4.0.0" })).toBeVisible();
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText("by the command line").first()).toBeVisible();
});

test("locking keeps what was typed, and a locked record shows nothing", async ({ plant, open }) => {
  const page = await open(plant.ada);
  await typeFact(page, "RAV-PLC-004", "Firmware", "V5-not-yet-saved");
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Unlock/ })).toBeVisible();
  await expect(page.getByText("RAV-PLC-004")).toBeHidden();
  await unlock(page);
  await expect(page.getByRole("heading", { level: 1, name: "RAV-PLC-004" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit Firmware: V5-not-yet-saved" })).toBeVisible();
  const row = await plant.ada.answer<{ unit: { firmware: string } }>("asset", "show", "RAV-PLC-004");
  expect(row.unit.firmware).not.toBe("V5-not-yet-saved");
});

test("a wrong passphrase opens nothing", async ({ plant, visit }) => {
  const page = await visit(plant.ada);
  await page.getByRole("textbox", { name: "Passphrase", exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText("The record stays locked")).toBeVisible();
});
