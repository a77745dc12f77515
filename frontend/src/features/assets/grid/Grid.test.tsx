import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Refusal, show } from "../../../test";
import { AssetsScreen } from "../AssetsScreen";
import { fakePlant, listOf } from "../testing";

const grid = () => screen.findByRole("grid", { name: "Assets" });
const rowFor = (tag: string) => screen.findByRole("row", { name: new RegExp(tag) });

/** focused is the row, from 0, that the focus is in. */
const focused = () => Number(document.activeElement?.closest("[role='row']")?.getAttribute("aria-rowindex")) - 2;

/** enter puts the focus on the first tag, as the Tab key would. */
async function enter(user: Awaited<ReturnType<typeof show>>["user"]) {
  const cell = (await rowFor("RAV-PLC-00001")).querySelector<HTMLElement>("[tabindex='0']");
  cell?.focus();
  return user;
}

test("of 50,000 assets only those in sight are drawn, and each says which of them it is", async () => {
  fakePlant(50_000);
  await show(<AssetsScreen />, { path: "/assets" });
  await rowFor("RAV-PLC-00001");
  const table = await grid();
  expect(table).toHaveAttribute("aria-rowcount", "50001");
  expect(await rowFor("RAV-PLC-00003")).toHaveAttribute("aria-rowindex", "4");
  expect(within(table).getAllByRole("row").length).toBeLessThan(60);
  expect(screen.getByText("50,000 assets")).toBeInTheDocument();
});

test("the table is one stop of the Tab key, and arrows move within", async () => {
  fakePlant(300);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await enter(user);
  expect((await grid()).querySelectorAll("[tabindex='0']")).toHaveLength(1);
  await user.keyboard("{ArrowDown}{ArrowRight}");
  expect(focused()).toBe(1);
  expect(document.activeElement).toHaveAttribute("aria-colindex", "3");
  await user.keyboard("{Home}");
  expect(document.activeElement).toHaveAttribute("aria-colindex", "1");
  await user.keyboard("{PageDown}");
  expect(focused()).toBeGreaterThan(1);
});

test("Ctrl+End leads to the last of the list, whose page is asked for", async () => {
  const program = fakePlant(50_000);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await enter(user);
  await user.keyboard("{Control>}{End}{/Control}");
  expect(focused()).toBe(49_999);
  // jsdom scrolls nothing by itself; the browser would.
  const table = await grid();
  table.scrollTop = 49_980 * 30;
  table.dispatchEvent(new Event("scroll"));
  expect(await screen.findByText("RAV-PLC-50000")).toBeInTheDocument();
  expect(program.asked("GET /assets").map(({ query }) => query.get("offset"))).toContain("49800");
});

test("whoever comes back finds the list where it was left", async () => {
  fakePlant(1000);
  const { unmount, client } = await show(<AssetsScreen />, { path: "/assets" });
  await rowFor("RAV-PLC-00001");
  const table = await grid();
  table.scrollTop = 900 * 30;
  table.dispatchEvent(new Event("scroll"));
  await screen.findByText("RAV-PLC-00905");
  unmount();
  await show(<AssetsScreen />, { path: "/assets", client });
  const again = await grid();
  await waitFor(() => expect(again.scrollTop).toBe(900 * 30));
});

test("a page that does not come says so in the table's place, and is asked for again", async () => {
  const program = fakePlant(1000, { "GET /assets": (asked) => (asked.query.get("offset") === "800" ? new Refusal({ code: "internal", detail: "the disk is gone" }) : listOf(1000)(asked)) });
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await enter(user);
  const table = await grid();
  table.scrollTop = 900 * 30;
  table.dispatchEvent(new Event("scroll"));
  expect(await screen.findByText(/the disk is gone/)).toBeInTheDocument();
  program.answer({ "GET /assets": listOf(1000) });
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await rowFor("RAV-PLC-00001")).toBeInTheDocument();
});

test("Enter opens the asset", async () => {
  fakePlant(3);
  const { user, address } = await show(<AssetsScreen />, { path: "/assets" });
  await enter(user);
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => expect(address()).toBe("/assets/id-1"));
});

test("Space selects, Shift with an arrow selects further, Ctrl+A selects all that fit, Escape none", async () => {
  fakePlant(5000);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await enter(user);
  await user.keyboard(" ");
  expect(await rowFor("RAV-PLC-00001")).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  expect(await screen.findByText("3 selected")).toBeInTheDocument();
  await user.keyboard("{Control>}a{/Control}");
  expect(await screen.findByText("All 5,000 that fit are selected")).toBeInTheDocument();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Selected assets" })).not.toBeInTheDocument());
});

test("one taken out of all leaves the others selected by their ids", async () => {
  fakePlant(30);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await enter(user);
  await user.keyboard("{Control>}a{/Control} ");
  expect(await screen.findByText("29 selected")).toBeInTheDocument();
  expect(await rowFor("RAV-PLC-00001")).toHaveAttribute("aria-selected", "false");
});

test("a range is selected over rows that were never loaded", async () => {
  fakePlant(1000);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await enter(user);
  await user.keyboard("{Shift>}{Control>}{End}{/Control}{/Shift}");
  expect(await screen.findByText("1,000 selected")).toBeInTheDocument();
});

test("a column's title sorts by click and by Enter, and says so", async () => {
  const program = fakePlant(10);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  const title = await screen.findByRole("columnheader", { name: "Criticality" });
  await user.click(title);
  await waitFor(() => expect(screen.getByRole("columnheader", { name: "Criticality" })).toHaveAttribute("aria-sort", "ascending"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("columnheader", { name: "Criticality" })).toHaveAttribute("aria-sort", "descending"));
  await waitFor(() => expect(program.asked("GET /assets").at(-1)?.query.get("sort")).toBe("-criticality"));
});

test("on a column's title the keyboard resizes and reorders, and both are kept", async () => {
  const program = fakePlant(10);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  const title = await screen.findByRole("columnheader", { name: "Site" });
  title.focus();
  await user.click(title);
  await user.keyboard("{Alt>}{ArrowRight}{/Alt}{Shift>}{ArrowRight}{/Shift}");
  await waitFor(() => {
    const kept = program.asked("PUT /kept").filter(({ query }) => query.get("key") === "setting/columns");
    const { value } = kept.at(-1)?.body as { value: { columns: string[]; widths: Record<string, number> } };
    expect(value.columns.slice(0, 3)).toEqual(["tag", "role", "site"]);
    expect(value.widths["site"]).toBe(86);
  });
  expect(screen.getAllByRole("columnheader").map((each) => each.textContent)).toContain("Site");
});

test("marks say in words what a person must know of a row", async () => {
  fakePlant(2, {
    "GET /assets": listOf(2, (row, at) => (at === 0 ? { ...row, concurrent: ["criticality"], unverified: true } : { ...row, void: "never existed" })),
  });
  await show(<AssetsScreen />, { path: "/assets" });
  const first = within(await rowFor("RAV-PLC-00001"));
  expect(first.getByText("several values")).toBeInTheDocument();
  expect(first.getByRole("img", { name: "several values, waiting for a decision" })).toBeInTheDocument();
  expect(first.getByText("not verified yet")).toBeInTheDocument();
  expect(within(await rowFor("RAV-PLC-00002")).getByText("struck")).toBeInTheDocument();
});
