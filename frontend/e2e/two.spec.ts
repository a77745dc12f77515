import { decide, editFact, show } from "./support/record";
import { syncAll } from "./support/steps";
import { expect, go, test } from "./support/test";

test("two laptops edit one field, sync by folder, and settle the collision", async ({ plant, open }) => {
  const [ada, jo] = [await open(plant.ada), await open(plant.jo)];
  await editFact(ada, "RAV-PLC-004", "Firmware", "V3.2.17", "CR-0042 step 3");
  await editFact(jo, "RAV-PLC-004", "Firmware", "V3.2.19", "vendor visit");
  for (const page of [ada, jo, ada]) await syncAll(page);

  await test.step("both values stand at the field on both laptops, with who and why", async () => {
    for (const page of [ada, jo]) {
      await show(page, "RAV-PLC-004");
      await expect(page.getByText("CR-0042 step 3").first()).toBeVisible();
      await expect(page.getByText("vendor visit").first()).toBeVisible();
      await expect(page.getByText(/values were entered at the same time/)).toBeVisible();
    }
  });

  await test.step("one decides, and the other hears of it", async () => {
    await decide(jo, "V3.2.19", "read on the CPU's display");
    await syncAll(jo);
    await syncAll(ada);
    await show(ada, "RAV-PLC-004");
    await expect(ada.getByRole("button", { name: "Edit Firmware: V3.2.19" })).toBeVisible();
    await expect(ada.getByText(/values were entered at the same time/)).toBeHidden();
    await go(ada, "Findings");
    await expect(ada.getByText("Nothing to look at")).toBeVisible();
  });
  expect(await digestOf(plant.ada)).toBe(await digestOf(plant.jo));
});

/** digestOf is the digest of a laptop's record, asked of the command line while the page has it open. */
async function digestOf(laptop: { answer: <T>(...args: string[]) => Promise<T> }): Promise<string> {
  return (await laptop.answer<{ digest: string }>("status")).digest;
}
