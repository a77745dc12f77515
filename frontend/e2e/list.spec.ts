import { expect, go, test } from "./support/test";

test("however far the wheel turns the list, the keys go on where they were", async ({ plant, open }) => {
  const page = await open(plant.ada);
  await go(page, "Assets");
  const grid = page.getByRole("grid", { name: "Assets" });
  const focused = () => page.evaluate(() => Number(document.activeElement?.closest("[aria-rowindex]")?.getAttribute("aria-rowindex")));
  await grid.getByRole("gridcell").nth(3).click();
  const last = Number(await grid.getAttribute("aria-rowcount"));
  for (let pages = 0; pages < 5; pages++) await page.keyboard.press("PageDown");
  const held = await focused();
  expect(held).toBeGreaterThan(50);
  expect(held).toBeLessThan(last - 50);

  await grid.hover();
  for (const [turn, shown] of [[-100_000, 2], [100_000, last], [-100_000, 2]] as const) {
    await page.mouse.wheel(0, turn);
    await expect(grid.locator(`[aria-rowindex="${shown}"]`)).toBeInViewport();
    expect(await focused()).toBe(held);
  }
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe(held + 1);
  await expect(grid.locator(`[aria-rowindex="${held + 1}"]`)).toBeInViewport();
});
