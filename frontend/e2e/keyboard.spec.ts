import { join } from "node:path";
import { inventory, Laptop, passphrase } from "./support/laptop";
import { command, leap, pressOn, tabTo, typeInto } from "./support/keyboard";
import { wordsOf } from "./support/steps";
import { expect, test } from "./support/test";

test("from founding the record to its proof, by keyboard alone", async ({ home, visit }) => {
  const [ada, jo] = [new Laptop(home, "ada"), new Laptop(home, "jo")];
  const stick = join(home, "stick");
  const page = await visit(ada);
  const input = (name: string | RegExp) => page.getByRole("textbox", { name });
  const button = (name: string | RegExp) => page.getByRole("button", { name });

  await test.step("found the record", async () => {
    await pressOn(page, page.getByRole("link", { name: /^Create a record/ }).or(button(/^Create a record/)));
    await typeInto(page, input("Name of the plant"), "Ravensmere");
    await typeInto(page, input("Your full name"), "Ada Okafor");
    await typeInto(page, page.getByRole("textbox", { name: "Passphrase", exact: true }), passphrase);
    await typeInto(page, input("The same passphrase again"), passphrase);
    await page.keyboard.press("Enter");
    const groups = await wordsOf(page, "Recovery key");
    await pressOn(page, button("I have written it down"));
    await expect(input(/^Group /)).toHaveCount(2);
    for (const [at, group] of groups.entries()) {
      const asked = page.getByRole("textbox", { name: `Group ${at + 1}`, exact: true });
      if (await asked.isVisible()) await typeInto(page, asked, group);
    }
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Today" })).toBeVisible();
  });

  await test.step("import the list", async () => {
    await leap(page, "i");
    const asked = page.waitForEvent("filechooser");
    await pressOn(page, button("Choose a file…"));
    await (await asked).setFiles(inventory("assets.csv"));
    await pressOn(page, button("Check the list"));
    await typeInto(page, page.getByRole("combobox", { name: "Why do you import this list?" }), "asset list rev 14");
    await pressOn(page, button("Import 199 rows"));
    await expect(page.getByText("199 new, 0 changed, 0 as they were, 0 refused.")).toBeVisible();
  });

  await test.step("sync to a stick, where a second laptop works too", async () => {
    await leap(page, "s");
    await pressOn(page, button("Add a remote").first());
    await typeInto(page, input("What you call it"), "stick");
    await typeInto(page, input("Folder"), stick);
    await page.keyboard.press("Enter");
    await pressOn(page, page.getByRole("dialog").getByRole("button", { name: "Create this folder" }));
    await pressOn(page, page.getByRole("dialog").getByRole("button", { name: "Sync now" }));
    await expect(page.getByText(/entries sent/)).toBeVisible();
    await letIn(ada, jo, home);
    await pressOn(page, button("Sync all"));
    await expect(page.getByText(/1 entry sent|entries sent/)).toBeVisible();
    await jo.run("sync", stick);
    await jo.run("asset", "set", "RAV-PLC-004", "firmware=V3.2.19", "--reason", "vendor visit");
    await jo.run("sync", stick);
  });

  await test.step("edit a field and write a note", async () => {
    await command(page, "RAV-PLC-004", /RAV-PLC-004/);
    await expect(page.getByRole("heading", { level: 1, name: "RAV-PLC-004" })).toBeVisible();
    await pressOn(page, button(/^Edit Firmware:/));
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("V3.2.17");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ControlOrMeta+S");
    await expect(page.getByRole("combobox", { name: "Reason" })).toBeFocused();
    await page.keyboard.type("CR-0042 step 3");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("region", { name: "Changes not saved yet" })).toBeHidden();
    await page.keyboard.press("n");
    await expect(page.getByRole("dialog").getByRole("textbox", { name: /^Text/ })).toBeFocused();
    await page.keyboard.type("SF lit, restarted at 14:10.");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
  });

  await test.step("settle what collided", async () => {
    await leap(page, "s");
    await pressOn(page, button("Sync all"));
    await expect(page.getByText(/entr(y|ies) received/)).toBeVisible();
    await leap(page, "f");
    await tabTo(page, page.getByRole("radiogroup", { name: "Which value is right?" }).getByRole("radio").first());
    await page.keyboard.press("Space");
    await typeInto(page, page.getByRole("combobox", { name: "Reason" }), "read on the display");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Nothing to look at")).toBeVisible();
  });

  await test.step("read the trail, verify, lock", async () => {
    await leap(page, "t");
    await expect(page.getByText("read on the display").first()).toBeVisible();
    await command(page, "verify", /[Vv]erify/);
    await pressOn(page, button("Verify"));
    await expect(page.getByText("The record holds")).toBeVisible({ timeout: 60_000 });
    await command(page, "lock", /^Lock/);
    await expect(page.getByRole("heading", { name: /^Unlock/ })).toBeVisible();
    await page.keyboard.type(passphrase);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("navigation", { name: "Screens" })).toBeVisible();
  });
});

/** letIn lets a second laptop in by the command line, while the page has the first one's record open. */
async function letIn(owner: Laptop, other: Laptop, home: string): Promise<void> {
  const [request, grant] = [join(home, "jo.request"), join(home, "jo.grant")];
  await other.run("join", "--member", "Jo Hargreaves", "--request", request);
  await owner.run("device", "approve", request, "--grant", grant);
  await other.run("join", "--grant", grant);
}
