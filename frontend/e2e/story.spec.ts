import { join } from "node:path";
import { inventory, Laptop } from "./support/laptop";
import { decide, editFact, show, swapUnit, verify, writeNote } from "./support/record";
import { addStick, choose, download, keepKey, newPassphrase, syncAll, wordsOf } from "./support/steps";
import { expect, go, test } from "./support/test";

test("two laptops, from founding the record to its proof, by mouse", async ({ home, visit }) => {
  const [ada, jo] = [new Laptop(home, "ada"), new Laptop(home, "jo")];
  const [request, grant, stick] = [join(home, "jo.request"), join(home, "jo.grant"), join(home, "stick")];
  const [adas, jos] = [await visit(ada), await visit(jo)];

  await test.step("Ada founds the record and keeps the recovery key", async () => {
    await adas.getByText("Create a record").click();
    await adas.getByRole("textbox", { name: "Name of the plant" }).fill("Ravensmere");
    await adas.getByRole("textbox", { name: "Your full name" }).fill("Ada Okafor");
    await newPassphrase(adas);
    await adas.getByRole("button", { name: "Create the record" }).click();
    await keepKey(adas);
    await expect(adas.getByRole("heading", { name: "Today" })).toBeVisible();
  });

  await test.step("Ada imports the asset list", async () => {
    await go(adas, "Import");
    await choose(adas, "Choose a file…", inventory("assets.csv"));
    await adas.getByRole("button", { name: "Check the list" }).click();
    await expect(adas.getByText("199 rows would give this.")).toBeVisible();
    await adas.getByLabel("Why do you import this list?").first().fill("asset list rev 14");
    await adas.getByRole("button", { name: "Import 199 rows" }).click();
    await expect(adas.getByText("199 new, 0 changed, 0 as they were, 0 refused.")).toBeVisible();
  });

  await test.step("Jo asks, Ada approves, both see the same words", async () => {
    await jos.getByText("Join a record").click();
    await jos.getByRole("textbox", { name: "Your full name" }).fill("Jo Hargreaves");
    await newPassphrase(jos);
    await jos.getByRole("button", { name: "Make the request" }).click();
    const words = await wordsOf(jos, "Words of the request");
    await download(jos, /^Save /, request);

    await go(adas, "Members, devices");
    await adas.getByRole("button", { name: "Approve a request…" }).click();
    await choose(adas, "Choose the request…", request);
    await expect(adas.getByText("Jo Hargreaves asks to join with this laptop:")).toBeVisible();
    expect(await wordsOf(adas, "Words of the request")).toEqual(words);
    await expect(adas.getByRole("button", { name: "Approve", exact: true })).toBeDisabled();
    await adas.getByLabel("I compared these words with that laptop's screen").check();
    await adas.getByRole("button", { name: "Approve", exact: true }).click();
    await download(adas, "Save the grant…", grant);
    const granted = await wordsOf(adas, "Words of the grant");
    await adas.getByRole("button", { name: "Done", exact: true }).click();

    await choose(jos, "Choose a file", grant);
    await jos.getByRole("textbox", { name: "Passphrase" }).fill("correct horse battery staple");
    await jos.getByRole("button", { name: "Join", exact: true }).click();
    await expect(jos.getByRole("list", { name: "Words of the grant" })).toBeVisible();
    expect(await wordsOf(jos, "Words of the grant")).toEqual(granted);
    await jos.getByRole("button", { name: "Go on to the first sync" }).click();
  });

  await test.step("both exchange entries over a stick", async () => {
    await addStick(adas, stick, true);
    await addStick(jos, stick);
    await go(jos, "Assets");
    await expect(jos.getByText("199 assets", { exact: true })).toBeVisible();
  });

  await test.step("a week without a network: both work on the same controllers", async () => {
    await editFact(adas, "RAV-PLC-004", "Firmware", "V3.2.17", "CR-0042 step 3");
    await editFact(jos, "RAV-PLC-004", "Firmware", "V3.2.19", "vendor visit");
    await swapUnit(adas, "RAV-PLC-007", "S C-X46507462026", "CPU failed");
    await writeNote(jos, "RAV-PLC-004", "Vendor replaced the memory card and loaded V3.2.19.");
  });

  await test.step("they meet, and what collided is decided", async () => {
    for (const page of [adas, jos, adas]) await syncAll(page);
    await decide(adas, "V3.2.19", "read on the CPU's display");
    await syncAll(adas);
    await syncAll(jos);
    await show(jos, "RAV-PLC-004");
    await expect(jos.getByRole("button", { name: "Edit Firmware: V3.2.19" })).toBeVisible();
    await jos.getByRole("tab", { name: /^Notes/ }).click();
    await expect(jos.getByText("Vendor replaced the memory card and loaded V3.2.19.").first()).toBeVisible();
  });

  await test.step("the trail says who, what and why, and the record proves itself", async () => {
    await go(jos, "Audit trail");
    await expect(jos.getByText("read on the CPU's display").first()).toBeVisible();
    await verify(jos);
    await expect(jos.getByText("The record holds")).toBeVisible();
  });
});
