import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { me, Refusal, show, stateOf } from "../../test";
import { AssetScreen } from "./AssetScreen";
import { assetOf, entryOf, fakeAsset, written } from "./testing";

type User = Awaited<ReturnType<typeof show>>["user"];

async function choose(user: User, item: string) {
  await user.click(await screen.findByRole("button", { name: "Actions" }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
}

test("retiring says what it means and asks why", async () => {
  const program = fakeAsset(assetOf(), { "POST /assets/{ref}/retire": written });
  const { user } = await show(<AssetScreen />, { path: "/assets/a1" });
  await choose(user, "Retire");
  const dialog = within(await screen.findByRole("dialog", { name: "Retire RAV-PLC-004?" }));
  await user.click(dialog.getByRole("button", { name: "Retire" }));
  expect(program.asked("POST /assets/{ref}/retire")).toHaveLength(0);
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "line dismantled{Enter}");
  await waitFor(() => expect(program.asked("POST /assets/{ref}/retire")[0]?.body).toEqual({ reason: "line dismantled" }));
});

test("a retired asset takes no edits, only its reinstatement", async () => {
  fakeAsset(assetOf({ lifecycle: "retired" }));
  const { user } = await show(<AssetScreen />, { path: "/assets/a1" });
  expect(await screen.findByText(/takes no edits until it is reinstated/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^Edit / })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Actions" }));
  expect(await screen.findByRole("menuitem", { name: "Reinstate" })).toBeInTheDocument();
  expect(screen.queryByRole("menuitem", { name: "Swap the unit" })).not.toBeInTheDocument();
});

test("a swap is one entry with what the new unit is", async () => {
  const program = fakeAsset(assetOf(), { "POST /assets/{ref}/swap": written });
  const { user } = await show(<AssetScreen />, { path: "/assets/a1" });
  await choose(user, "Swap the unit");
  const dialog = within(await screen.findByRole("dialog", { name: "Swap the unit of RAV-PLC-004" }));
  expect(await dialog.findByText("If empty, as before: Siemens")).toBeInTheDocument();
  expect(dialog.queryByRole("textbox", { name: "Tag" })).not.toBeInTheDocument();
  await user.type(dialog.getByRole("textbox", { name: "Firmware" }), "V4.1");
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "power supply burnt");
  await user.click(dialog.getByRole("button", { name: "Swap the unit" }));
  await waitFor(() => expect(program.asked("POST /assets/{ref}/swap")[0]?.body).toEqual({ fields: { firmware: "V4.1" }, reason: "power supply burnt" }));
});

test("a swap that a rule refuses as a whole says so", async () => {
  const detail = "say what the new unit is: its serial number, model or firmware";
  fakeAsset(assetOf(), { "POST /assets/{ref}/swap": new Refusal({ code: "refused", detail, errors: [{ field: "", message: detail }] }) });
  const { user } = await show(<AssetScreen />, { path: "/assets/a1" });
  await choose(user, "Swap the unit");
  const dialog = within(await screen.findByRole("dialog", { name: "Swap the unit of RAV-PLC-004" }));
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "power supply burnt{Enter}");
  expect(await dialog.findByText(detail)).toBeInTheDocument();
});

test("a double is merged into the entry that stays, and leads there", async () => {
  const other = { id: "b2", tag: "RAV-PLC-4", site: "RAV", lifecycle: "in_service", values: {}, concurrent: [], unverified: false, void: null, merged_into: null };
  const program = fakeAsset(assetOf(), { "GET /assets": { total: 1, items: [other] }, "POST /assets/{ref}/merge": written });
  const { user, address } = await show(<AssetScreen />, { path: "/assets/a1" });
  await choose(user, "Merge into another");
  const dialog = within(await screen.findByRole("dialog", { name: /Merge RAV-PLC-004/ }));
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "registered twice");
  await user.click(dialog.getByRole("button", { name: "Merge into another" }));
  expect(await dialog.findByText("Choose the entry that stays.")).toBeInTheDocument();
  await user.click(dialog.getByRole("combobox", { name: "The entry that stays" }));
  await user.click(await screen.findByRole("option", { name: "RAV-PLC-4 · RAV" }));
  await user.click(dialog.getByRole("button", { name: "Merge into another" }));
  await waitFor(() => expect(program.asked("POST /assets/{ref}/merge")[0]?.body).toEqual({ into: "b2", reason: "registered twice" }));
  await waitFor(() => expect(address()).toBe("/assets/b2"));
});

test("history tells before, after, who, device and why, goes back further, and an undo is a new entry", async () => {
  const program = fakeAsset(assetOf(), {
    "GET /trail": ({ query }) =>
      query.get("cursor") ? { items: [entryOf({ seq: 1, type: "asset.registered", field: null, undoable: false })], next: null } : { items: [entryOf({ seq: 2 })], next: "older" },
    "POST /undo": written,
  });
  const { user, address } = await show(<AssetScreen />, { path: "/assets/a1?tab=history" });
  const list = await screen.findByRole("list", { name: "History, newest first" });
  const entry = within(list).getByRole("listitem");
  for (const text of ["V3.2.16", "V3.2.17", "Ada Okafor", "device aaaaaaaa", "Why: vendor visit"]) expect(entry).toHaveTextContent(text);
  await user.click(screen.getByRole("button", { name: "Show older entries" }));
  expect(await screen.findByText("Asset registered")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Undo this entry?" }));
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "wrong cabinet{Enter}");
  await waitFor(() => expect(program.asked("POST /undo")[0]?.body).toEqual({ device: "aaaaaaaa11", epoch: "e1", seq: 2, reason: "wrong cabinet" }));
  await user.click(within(entry).getByRole("button", { name: "As it stood then" }));
  await waitFor(() => expect(address()).toContain("as_of="));
});

test("as it stood at a time it is read, not edited", async () => {
  const program = fakeAsset(assetOf());
  const { user } = await show(<AssetScreen />, { path: "/assets/a1?as_of=2026-03-01T10:00:00Z" });
  expect(await screen.findByText(/as it stood on/)).toBeInTheDocument();
  expect(program.asked("GET /assets/{ref}")[0]?.query.get("as_of")).toBe("2026-03-01T10:00:00Z");
  expect(screen.queryByRole("button", { name: /^Edit / })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Actions" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Back to now" }));
  expect(await screen.findByRole("button", { name: /^Edit Firmware/ })).toBeInTheDocument();
});

test("a struck entry says who struck it and why, and is taken back with a reason", async () => {
  const strike = entryOf({ seq: 9, type: "asset.voided", field: null, reason: "never existed" });
  const program = fakeAsset(assetOf({ void: "never existed" }), {
    "GET /trail": ({ query }) => ({ items: query.get("type") === "asset.voided" ? [strike] : [], next: null }),
    "POST /undo": written,
  });
  const { user } = await show(<AssetScreen />, { path: "/assets/a1" });
  expect(await screen.findByText("This entry was struck: never existed")).toBeInTheDocument();
  expect(await screen.findByText(/Struck by Ada Okafor/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Actions" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Take it back…" }));
  await user.type(within(await screen.findByRole("dialog", { name: "Undo this entry?" })).getByRole("combobox", { name: "Reason" }), "it stands in hall 2{Enter}");
  await waitFor(() => expect(program.asked("POST /undo")[0]?.body).toEqual({ device: "aaaaaaaa11", epoch: "e1", seq: 9, reason: "it stands in hall 2" }));
});

test("a merged entry says so", async () => {
  fakeAsset(assetOf({ merged_into: "b2" }));
  await show(<AssetScreen />, { path: "/assets/a1" });
  await screen.findByText(/This entry is a double/);
  expect(screen.getByRole("link", { name: "the other asset" })).toHaveAttribute("href", "/assets/b2");
  expect(screen.queryByRole("button", { name: /^Edit / })).not.toBeInTheDocument();
});

test("units are told over time, the installed one first", async () => {
  const before = { id: "u0", installed: false, from: "2020-01-05T08:00:00Z", until: "2026-01-05T08:00:00Z", fields: { vendor: "ABB", firmware: "1.0" } };
  fakeAsset(assetOf({ units: [before, ...assetOf().units] }));
  await show(<AssetScreen />, { path: "/assets/a1?tab=units" });
  const units = within(await screen.findByRole("list", { name: "Units, the installed one first" })).getAllByRole("listitem");
  expect(units[0]).toHaveTextContent(/Siemens.*installed/);
  expect(units[1]).toHaveTextContent(/ABB.*replaced/);
});

test("a note about the asset is begun from it", async () => {
  fakeAsset(assetOf());
  const { user, address } = await show(<AssetScreen />, { path: "/assets/a1?tab=notes" });
  await user.click(await screen.findByRole("button", { name: "New note" }));
  await waitFor(() => expect(address()).toBe("/notes?new=true&asset=a1"));
});

test("an auditor is offered nothing that writes", async () => {
  fakeAsset(assetOf(), { "GET /state": stateOf({ me: { ...me, role: "auditor" } }) });
  await show(<AssetScreen />, { path: "/assets/a1" });
  await screen.findByRole("heading", { level: 1, name: "RAV-PLC-004" });
  expect(screen.queryByRole("button", { name: /^Edit / })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Actions" })).not.toBeInTheDocument();
});

test("paper has all of it, however it is printed, and what is typed outlives it", async () => {
  fakeAsset(assetOf());
  const print = vi.fn();
  vi.stubGlobal("print", print);
  const { user } = await show(<AssetScreen />, { path: "/assets/a1" });
  await user.click(await screen.findByRole("button", { name: /^Edit Firmware/ }));
  await user.keyboard("x{Enter}");
  await user.click(await screen.findByRole("button", { name: "Print" }));
  await waitFor(() => expect(print).toHaveBeenCalledOnce());
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  for (const text of ["V3.2.17", "X1", "Why: vendor visit"]) expect(screen.getAllByText(text).length).toBeGreaterThan(0);
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(screen.queryByText("Why: vendor visit")).not.toBeInTheDocument();
  expect(screen.getByText("1 change not saved yet")).toBeInTheDocument();
});
