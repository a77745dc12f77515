import type { Page } from "@playwright/test";
import { editFact, show } from "./support/record";
import { expect, go, test } from "./support/test";

test("wrong entries are undone and struck by further entries, and Today sends them on", async ({ plant, open }) => {
  const ada = await open(plant.ada);
  await editFact(ada, "RAV-PLC-004", "Firmware", "V9.9.9", "typed for another controller");

  await test.step("the edit is undone in the trail", async () => {
    await act(ada, "typed for another controller", "Undo…");
    const dialog = ada.getByRole("dialog", { name: "Undo this entry?" });
    await expect(dialog.getByText(/V9\.9\.9 goes back to/)).toBeVisible();
    await dialog.getByRole("combobox", { name: "Reason" }).fill("wrong controller");
    await dialog.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(entry(ada, "wrong controller")).toBeVisible();
    await expect(entry(ada, "typed for another controller")).toBeVisible();
    await show(ada, "RAV-PLC-004");
    await expect(ada.getByRole("button", { name: /^Edit Firmware:/ })).not.toHaveAccessibleName(/V9\.9\.9/);
  });

  await test.step("an asset that never stood there is struck on its page, and leaves the list", async () => {
    await show(ada, "RAV-PLC-007");
    await ada.getByRole("button", { name: "Actions" }).click();
    await ada.getByRole("menuitem", { name: /^Strike/ }).click();
    const dialog = ada.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Reason" }).fill("never installed");
    await dialog.getByRole("button", { name: /^Strike/ }).click();
    await expect(dialog).toBeHidden();
    await go(ada, "Assets");
    await expect(ada.getByText("198 assets", { exact: true })).toBeVisible();
  });

  await test.step("Today says what is unsent and sends it to the stick", async () => {
    await go(ada, "Today");
    await expect(ada.getByText("3 entries have not left this laptop yet.")).toBeVisible();
    await ada.getByRole("button", { name: "Sync now" }).click();
    await expect(ada.getByText("Synced with stick: 3 sent, 0 received.")).toBeVisible();
    await expect(ada.getByText("Every entry of this laptop is somewhere else too.")).toBeVisible();
  });
});

/** entry is the one of the trail that gives a reason. */
const entry = (page: Page, reason: string) => page.getByRole("article").filter({ hasText: reason });

/** act chooses from the menu of an entry in the trail. */
async function act(page: Page, reason: string, item: string): Promise<void> {
  await go(page, "Audit trail");
  await entry(page, reason).getByRole("button", { name: "Actions for this entry" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}
