import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { jobOf, me, show, stateOf } from "../../test";
import { AssetsScreen } from "./AssetsScreen";
import { fakePlant, listOf } from "./testing";

const rowFor = (tag: string) => screen.findByRole("row", { name: new RegExp(tag) });
const search = () => screen.findByRole("searchbox", { name: "Search assets" });

test("/ leads to the search, and what is typed is listed and stands in the address", async () => {
  const program = fakePlant(40);
  const { user, address } = await show(<AssetsScreen />, { path: "/assets" });
  await rowFor("RAV-PLC-00001");
  await user.keyboard("/");
  expect(await search()).toHaveFocus();
  await user.keyboard("siemens");
  await waitFor(() => expect(program.asked("GET /assets").at(-1)?.query.get("search")).toBe("siemens"));
  await waitFor(() => expect(address()).toBe("/assets?search=siemens"));
});

test("the address brings search, filters and order back", async () => {
  const program = fakePlant(40);
  await show(<AssetsScreen />, { path: `/assets?search=plc&site=RAV&sort=-tag&where=${encodeURIComponent('["criticality=high"]')}` });
  await rowFor("RAV-PLC-00001");
  const { query } = program.asked("GET /assets")[0] ?? { query: new URLSearchParams() };
  expect(query.getAll("where")).toEqual(["site=RAV", "criticality=high"]);
  expect([query.get("search"), query.get("sort")]).toEqual(["plc", "-tag"]);
  expect(screen.getByRole("button", { name: "Change the filter Criticality is high" })).toBeInTheDocument();
});

test("a filter is put together from fields, conditions and values that occur", async () => {
  const program = fakePlant(40);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await rowFor("RAV-PLC-00001");
  await user.click(screen.getByRole("button", { name: "Filter" }));
  const form = within(await screen.findByRole("form", { name: "Which assets" }));
  await user.click(form.getByRole("combobox", { name: "Field" }));
  await user.click(await screen.findByRole("option", { name: "Criticality" }));
  await user.click(form.getByRole("combobox", { name: "Value" }));
  await user.click(await screen.findByRole("option", { name: "high (40)" }));
  await user.click(form.getByRole("button", { name: "Show" }));
  await waitFor(() => expect(program.asked("GET /assets").at(-1)?.query.getAll("where")).toEqual(["criticality=high"]));
  await user.click(screen.getByRole("button", { name: "Remove the filter Criticality is high" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: /Criticality is high/ })).not.toBeInTheDocument());
});

test("columns are chosen without dragging, and kept", async () => {
  const program = fakePlant(5);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await user.click(await screen.findByRole("button", { name: "Columns" }));
  await user.click(await screen.findByRole("checkbox", { name: "Safety related" }));
  await user.click(screen.getByRole("button", { name: "Move Role to the left" }));
  await waitFor(() => {
    const { value } = program.asked("PUT /kept").at(-1)?.body as { value: { columns: string[] } };
    expect(value.columns.slice(0, 3)).toEqual(["tag", "role", "site"]);
    expect(value.columns.at(-1)).toBe("safety_related");
  });
});

test("the columns of the owner's own lists are offered as columns and filters", async () => {
  const program = fakePlant(5);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await user.click(await screen.findByRole("button", { name: "Columns" }));
  await user.click(within(await screen.findByRole("group", { name: "From your own list" })).getByRole("checkbox", { name: "Loop" }));
  await waitFor(() => expect(program.asked("GET /assets").at(-1)?.query.get("columns")).toContain("custom.Loop"));
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Filter" }));
  const form = within(await screen.findByRole("form", { name: "Which assets" }));
  await user.click(form.getByRole("combobox", { name: "Field" }));
  await user.click(await screen.findByRole("option", { name: "Loop" }));
  await waitFor(() => expect(program.asked("GET /assets/facets").at(-1)?.query.get("field")).toBe("custom.Loop"));
});

test("struck entries are listed on demand, each by a word", async () => {
  const program = fakePlant(3, {
    "GET /assets": (asked) => listOf(3, (row, at) => (at === 1 && asked.query.get("include_void") ? { ...row, void: "typed twice" } : row))(asked),
  });
  const { user, address } = await show(<AssetsScreen />, { path: "/assets" });
  await rowFor("RAV-PLC-00002");
  expect(program.asked("GET /assets").at(-1)?.query.get("include_void")).toBeNull();
  await user.click(screen.getByRole("checkbox", { name: "Show struck entries" }));
  await waitFor(async () => expect(await rowFor("RAV-PLC-00002")).toHaveTextContent("struck"));
  await waitFor(() => expect(address()).toContain("struck=true"));
});

test("a view keeps filters, order and columns under a name and brings them back", async () => {
  const program = fakePlant(5, {
    "GET /kept": ({ query }) =>
      query.get("prefix") === "view/assets/"
        ? [{ key: "view/assets/High ones", value: { columns: ["tag", "firmware"], widths: {}, where: ["criticality=high"], search: "", sort: "firmware" }, at: "" }]
        : [],
  });
  const { user } = await show(<AssetsScreen />, { path: "/assets?search=plc" });
  await rowFor("RAV-PLC-00001");
  await user.click(screen.getByRole("button", { name: "Views" }));
  await user.type(await screen.findByRole("textbox", { name: "Name of the view" }), "My round");
  await user.click(screen.getByRole("button", { name: "Save this view…" }));
  await waitFor(() => expect(program.asked("PUT /kept").at(-1)?.query.get("key")).toBe("view/assets/My round"));
  expect(program.asked("PUT /kept").at(-1)?.body).toMatchObject({ value: { search: "plc", where: [] } });

  await user.click(screen.getByRole("button", { name: "Views" }));
  await user.click(await screen.findByRole("button", { name: "High ones" }));
  await waitFor(() => {
    const { query } = program.asked("GET /assets").at(-1) ?? { query: new URLSearchParams() };
    expect([query.getAll("where"), query.get("sort"), query.get("columns"), query.get("search")]).toEqual([["criticality=high"], "firmware", "tag,firmware", null]);
  });
});

test("the list goes to paper whole and without controls", async () => {
  fakePlant(700);
  const print = vi.fn(() => expect(document.querySelectorAll("table tbody tr")).toHaveLength(700));
  vi.stubGlobal("print", print);
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await rowFor("RAV-PLC-00001");
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Print this list" }));
  await waitFor(() => expect(print).toHaveBeenCalledOnce());
});

test("what the list shows is exported", async () => {
  const done = jobOf({ kind: "export", state: "done", result: { name: "assets.csv", path: null, download: "d1", bytes: 10, rows: 12 } });
  const program = fakePlant(12, { "POST /export": done, "GET /downloads/{id}": undefined });
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined }));
  const { user } = await show(<AssetsScreen />, { path: "/assets?search=plc&sort=-tag&struck=true" });
  await rowFor("RAV-PLC-00001");
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Export as CSV" }));
  expect(await screen.findByText("12 assets were written to assets.csv.")).toBeInTheDocument();
  expect(program.asked("POST /export")[0]?.body).toMatchObject({ kind: "assets", format: "csv", assets: { search: "plc", sort: "-tag", include_void: true } });
  expect(program.asked("GET /downloads/{id}")[0]?.path["id"]).toBe("d1");
});

test("the list as it stood at a time is not changed from here", async () => {
  const program = fakePlant(5);
  const { user } = await show(<AssetsScreen />, { path: "/assets?as_of=2026-03-01T10:00:00Z" });
  await rowFor("RAV-PLC-00001");
  expect(program.asked("GET /assets")[0]?.query.get("as_of")).toBe("2026-03-01T10:00:00Z");
  expect(screen.queryByRole("button", { name: "New asset" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Back to now" }));
  await waitFor(() => expect(program.asked("GET /assets").at(-1)?.query.get("as_of")).toBeNull());
});

test("no row of one time stands under the words of another", async () => {
  let arrive: () => void = () => undefined;
  const late = new Promise<void>((resolve) => (arrive = resolve));
  fakePlant(3, { "GET /assets": (asked) => (asked.query.get("as_of") ? listOf(1)(asked) : late.then(() => listOf(2)(asked))) });
  const { user } = await show(<AssetsScreen />, { path: "/assets?as_of=2026-03-01T10:00:00Z" });
  await rowFor("RAV-PLC-00001");
  await user.click(screen.getByRole("button", { name: "Back to now" }));
  await waitFor(() => expect(screen.queryByRole("row", { name: /RAV-PLC-00001/ })).not.toBeInTheDocument());
  arrive();
  expect(await rowFor("RAV-PLC-00002")).toBeInTheDocument();
});

test("an auditor is offered nothing that writes", async () => {
  fakePlant(5, { "GET /state": stateOf({ me: { ...me, role: "auditor" } }) });
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  await rowFor("RAV-PLC-00001");
  await user.click(screen.getByRole("checkbox", { name: "Select RAV-PLC-00001" }));
  expect(await screen.findByText("1 selected")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Edit…" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "New asset" })).not.toBeInTheDocument();
});

test("an empty plant says how assets get here", async () => {
  fakePlant(0);
  const { user, address } = await show(<AssetsScreen />, { path: "/assets" });
  expect(await screen.findByText("No assets yet")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Import a list" }));
  await waitFor(() => expect(address()).toBe("/import"));
});

test("a search without result says how to widen it", async () => {
  fakePlant(0, { "GET /assets": (asked) => (asked.query.get("search") ? { total: 0, items: [] } : listOf(3)(asked)) });
  const { user, address } = await show(<AssetsScreen />, { path: "/assets?search=zzz" });
  expect(await screen.findByText("No asset fits")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Show all assets" }));
  await rowFor("RAV-PLC-00001");
  await waitFor(() => expect(address()).toBe("/assets"));
});
