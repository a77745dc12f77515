import type { Page } from "@playwright/test";
import { typeFact } from "../e2e/support/record";
import { expect, test, unlock } from "../e2e/support/test";
import { passphrase } from "../e2e/support/laptop";
import { median, ms, row } from "./figures";
import { painted, tasks } from "./frames";
import { large } from "./large";

const rounds = 7;

/** clocked does something in the page and gives the milliseconds until a text is painted in the part that the selector names. */
async function clocked(page: Page, selector: string, text: RegExp, act: () => Promise<void>): Promise<number> {
  // The page's clock at the key or click that starts it: what the driver needs before that does not count.
  await page.evaluate(() => {
    const begun = window as Window & { begun?: number };
    delete begun.begun;
    const mark = () => (begun.begun ??= performance.timeOrigin + performance.now());
    for (const event of ["keydown", "input", "pointerdown"]) addEventListener(event, mark, { capture: true, once: true });
  });
  await act();
  const since = await page.evaluate(() => (window as Window & { begun?: number }).begun ?? NaN);
  return painted(page, selector, text, since);
}

test("from unlocking to the list of 10,000 assets", async ({ home, visit }) => {
  const laptop = await large(home, 10_000);
  const [usable, listed]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const page = await visit(laptop);
    await page.getByRole("textbox", { name: "Passphrase", exact: true }).fill(passphrase);
    usable.push(await clocked(page, "main", /Nothing needs a decision|findings?/, () => page.keyboard.press("Enter")));
    listed.push(await clocked(page, '[role="grid"]', /ALD-/, () => page.getByRole("link", { name: "Assets", exact: true }).click()));
    await page.close();
    await laptop.close();
  }
  row("10,000 assets: from unlocking to the first screen, with the 0.4 s that a passphrase costs", ms(median(usable)), "1,500 ms");
  row("10,000 assets: from there to their list", ms(median(listed)), "");
});

test("the table of 50,000 assets", async ({ home, visit, browser }) => {
  const laptop = await large(home, 50_000);
  const page = await visit(laptop);
  await unlock(page);
  await page.getByRole("link", { name: "Assets", exact: true }).click();
  const total = page.getByText("50,000 assets");
  await expect(total).toBeVisible();
  const grid = page.getByRole("grid", { name: "Assets" });
  const search = page.getByRole("searchbox");
  const count = "main";

  const words = ["plc-00", "siemens", "relay", "10.20.1", "scalance", "moxa", "schneider"];
  const found: number[] = [];
  for (const word of words) {
    await search.fill("");
    await expect(total).toBeVisible();
    found.push(await clocked(page, count, /(^|[^0-9,])(?!50,000 )[0-9,]+ assets/, () => search.fill(word)));
  }
  await search.fill("");
  row("search 50,000 assets, from the key to the painted list", ms(median(found)), "100 ms");

  const sorted: number[] = [];
  for (const [column, first] of [["Vendor", /ABB|Advantech|Dell|Cisco|Emerson/], ["Site", /ALD/], ["Model", /./]] as const) {
    const head = grid.getByRole("columnheader", { name: column });
    sorted.push(await clocked(page, '[role="grid"]', first, () => head.click()));
  }
  row("sort 50,000 assets by another column", ms(median(sorted)), "100 ms");

  await expect(total).toBeVisible();
  const held = await tasks(browser, page, async () => {
    await grid.hover();
    for (let wheel = 0; wheel < 120; wheel++) {
      await page.mouse.wheel(0, 900);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  });
  row("scroll through 50,000 assets: longest hold of the main thread", ms(held[0] ?? 0), "50 ms");
});

test("saving an edit", async ({ plant, open }) => {
  const page = await open(plant.ada);
  const figures: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await typeFact(page, "RAV-PLC-004", "Room", `MCC room ${round}`);
    const bar = page.getByRole("region", { name: "Changes not saved yet" });
    await bar.getByRole("combobox", { name: "Reason" }).fill("label on the door");
    figures.push(await clocked(page, '[aria-label="Changes not saved yet"]', /^$/, () => bar.getByRole("button", { name: "Save", exact: true }).click()));
    await expect(page.getByRole("button", { name: `Edit Room: MCC room ${round}` })).toBeVisible();
  }
  row("saving an edit, from the click to saved", ms(median(figures)), "100 ms");
});
