import type { Page } from "@playwright/test";
import { inventory } from "./support/laptop";
import { choose } from "./support/steps";
import { expect, go, test } from "./support/test";

test("in German the program's own sentences are German: refused rows, findings, errors and fields", async ({ plant, open }) => {
  const page = await open(plant.ada);
  await test.step("the language changes at once", async () => {
    await go(page, "Settings");
    await page.getByRole("combobox", { name: "Language" }).click();
    await page.getByRole("option", { name: "Deutsch" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
  });

  await test.step("a list says why rows are refused", async () => {
    await to(page, "Import");
    await choose(page, "Datei wählen…", inventory("assets_messy_cp1252_semicolon.csv"));
    await page.getByRole("textbox", { name: "Standort" }).fill("RAV");
    await page.getByRole("combobox", { name: "Rolle", exact: true }).click();
    await page.getByRole("option", { name: /\(SPS\)|\(PLC\)/ }).click();
    await page.getByRole("button", { name: "Liste prüfen" }).click();
    await expect(page.getByText("95 Zeilen ergäben dies. Geschrieben ist noch nichts.")).toBeVisible();
    await expect(page.getByText("Diese Zeile fasst andere zusammen und ist kein Asset.")).toBeVisible();
    await expect(page.getByText(/^Kennzeichen: Zeile \d+ betrifft dasselbe Asset, und diese sagt .*; behalten Sie eine der beiden Zeilen\.$/)).toHaveCount(3);
    await page.getByRole("combobox", { name: "Warum lesen Sie diese Liste ein?" }).fill("Stand 14");
    await page.getByRole("button", { name: /^\d+ Zeilen einlesen$/ }).click();
    await expect(page.getByText("Die Liste steht in der Aufzeichnung")).toBeVisible();
  });

  await test.step("findings say what was found", async () => {
    await plant.ada.run("asset", "set", "RAV-PLC-005", "ip_address=10.20.1.13", "serial=S C-CB8601522019", "--reason", "by mistake");
    await to(page, "Befunde");
    const found = page.getByRole("listbox");
    await expect(found.getByText("Die IP-Adresse 10.20.1.13 wird in derselben Zone und demselben VLAN verwendet von", { exact: false })).toBeVisible();
    await expect(found.getByText(/^Die Seriennummer \S+ haben RAV\/RAV-PLC-004 \(.*\) und RAV\/RAV-PLC-005 \(.*\)\.$/)).toBeVisible();
  });

  await test.step("a wrong value is told at its field, with what to do", async () => {
    await page.evaluate(() => window.location.assign("#/assets/RAV-PLC-004"));
    await page.getByRole("button", { name: /^IP-Adresse/ }).first().click();
    await page.getByRole("textbox", { name: "IP-Adresse", exact: true }).fill("10.20.300.1");
    await page.keyboard.press("Enter");
    const bar = page.getByRole("region", { name: "Noch nicht gespeicherte Änderungen" });
    await bar.getByRole("combobox", { name: "Grund" }).fill("verlegt");
    await bar.getByRole("button", { name: "Speichern", exact: true }).click();
    await expect(page.getByText("„10.20.300.1“ ist keine IP-Adresse; schreiben Sie sie wie 10.20.1.12 oder 10.20.1.12/24.")).toBeVisible();
  });
});

async function to(page: Page, screen: string): Promise<void> {
  await page.getByRole("navigation", { name: "Ansichten" }).getByRole("link", { name: screen }).click();
}
