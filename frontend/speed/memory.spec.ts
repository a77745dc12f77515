import { expect, test, unlock } from "../e2e/support/test";
import { row } from "./figures";
import { large } from "./large";
import { mib, weigh } from "./memory";
import { Window } from "./window";

/** wheels are turns of the wheel, three rows each, over the list. */
const wheels = 1000;

test("memory of the window's processes with 50,000 assets", async ({ home, visit }) => {
  const laptop = await large(home, 50_000);
  const window = await Window.open(laptop);
  await weigh(window.pid);
  await window.send("key", "--clearmodifiers", "alt+2");
  const listed = await weigh(window.pid);
  await window.send("mousemove", "700", "400", "click", "--repeat", `${wheels}`, "--delay", "15", "5");
  const scrolled = await weigh(window.pid);
  await window.close();
  expect(scrolled.rest, "memory of all its processes, in MiB").toBeGreaterThan(50);
  row("window with 50,000 assets: memory of all its processes at most, while the list is first read", `${listed.most.toFixed(0)} MiB`, "500 MB");
  row("window with 50,000 assets: memory at rest, after scrolling through 3,000 of them", `${scrolled.rest.toFixed(0)} MiB`, "500 MB");

  const page = await visit(laptop);
  await unlock(page);
  await page.getByRole("link", { name: "Assets", exact: true }).click();
  await expect(page.getByText("50,000 assets")).toBeVisible();
  row("fieldbook ui with 50,000 assets listed: memory", `${mib(laptop.pid ?? NaN).toFixed(0)} MiB`, "");
});
