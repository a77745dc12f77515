import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { useRevision, type Change } from "../../../api";
import { changeOf, defer, Refusal, show } from "../../../test";
import { AssetScreen } from "../AssetScreen";
import { assetOf, conflict, fakeAsset, written } from "../testing";

const at = { path: "/assets/a1" };
const fact = (name: string) => screen.findByRole("button", { name: new RegExp(`^Edit ${name}:`) });
const bar = () => screen.findByRole("region", { name: "Changes not saved yet" });

test("facts stand under the headings of the definitions, the owner's own last", async () => {
  fakeAsset(assetOf());
  await show(<AssetScreen />, at);
  expect(await screen.findByRole("heading", { level: 1, name: "RAV-PLC-004" })).toBeInTheDocument();
  expect(screen.getAllByRole("heading", { level: 2 }).map((each) => each.textContent)).toEqual(["Identity", "Unit", "Network", "From your own list"]);
  const own = within(screen.getByRole("region", { name: "From your own list" }));
  expect(own.getByText("MCC-3")).toBeInTheDocument();
  // What other assets have can be filled in here too.
  expect(await own.findByRole("button", { name: "Edit Loop: empty" })).toBeInTheDocument();
});

test("what the asset had at another time is read, without the empty columns of today", async () => {
  fakeAsset(assetOf({ custom: { Fuse: "F3" } }));
  await show(<AssetScreen />, { path: "/assets/a1?as_of=2026-03-01T10:00:00Z" });
  const own = within(await screen.findByRole("region", { name: "From your own list" }));
  expect(own.getByText("F3")).toBeInTheDocument();
  expect(own.queryByText("Loop")).not.toBeInTheDocument();
});

test("several edits by the keyboard are saved as one entry under one reason", async () => {
  const program = fakeAsset(assetOf(), { "PATCH /assets/{ref}": written });
  const { user } = await show(<AssetScreen />, at);
  (await fact("Firmware")).focus();
  await user.keyboard("{Enter}");
  await user.clear(await screen.findByRole("textbox", { name: "Firmware" }));
  await user.keyboard("V3.2.19{Enter}");
  expect(await fact("Firmware")).toHaveFocus();
  await user.keyboard("{F2}");
  expect(await screen.findByRole("textbox", { name: "Firmware" })).toHaveValue("V3.2.19");
  await user.keyboard("{Escape}");
  (await fact("IP address")).focus();
  await user.keyboard("{F2}10.20.1.14{Enter}");
  expect(within(await bar()).getByText("2 changes not saved yet")).toBeInTheDocument();

  await user.keyboard("{Control>}s{/Control}");
  expect(await within(await bar()).findByText(/Give a reason/)).toBeInTheDocument();
  await user.keyboard("vendor visit{Enter}");
  await waitFor(() => expect(program.asked("PATCH /assets/{ref}")).toHaveLength(1));
  expect(program.asked("PATCH /assets/{ref}")[0]?.body).toEqual({ fields: { firmware: "V3.2.19", ip_address: "10.20.1.14" }, reason: "vendor visit" });
  await waitFor(() => expect(screen.queryByRole("region", { name: "Changes not saved yet" })).not.toBeInTheDocument());
  expect(program.asked("DELETE /kept").map(({ query }) => query.get("key"))).toContain("draft/asset/a1");
});

test("an edit waits for the program's word and for nothing else: then it is shown as saved, and the draft is gone", async () => {
  let save: (answer: typeof written) => void = () => undefined;
  const program = fakeAsset(assetOf(), { "PATCH /assets/{ref}": () => new Promise((answer) => (save = answer)) });
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Panel no"));
  await user.keyboard("{Control>}a{/Control}MCC-4{Control>}{Enter}{/Control}");
  program.answer({ "GET /assets/{ref}": () => new Promise(() => undefined) });
  await user.type(within(await bar()).getByRole("combobox", { name: "Reason" }), "why{Enter}");
  await waitFor(() => expect(program.asked("PATCH /assets/{ref}")).toHaveLength(1));
  expect(await bar()).toBeInTheDocument();
  expect(program.asked("DELETE /kept")).toHaveLength(0);
  save(written);
  await waitFor(() => expect(screen.queryByRole("region", { name: "Changes not saved yet" })).not.toBeInTheDocument());
  expect(screen.getByRole("button", { name: "Edit Panel no: MCC-4" })).toBeInTheDocument();
  expect(program.asked("DELETE /kept").map(({ query }) => query.get("key"))).toContain("draft/asset/a1");
});

function Live() {
  useRevision();
  return <AssetScreen />;
}

test("the record is asked anew once for an edit, as for every move of its revision", async () => {
  const moved = defer<Change>();
  const polls = [changeOf(7), moved.promise];
  const program = fakeAsset(assetOf(), {
    "GET /changes": () => polls.shift() ?? new Promise<Change>(() => undefined),
    "PATCH /assets/{ref}": () => {
      program.answer({ "GET /assets/{ref}": assetOf({ fields: { ...assetOf().fields, firmware: "V3.2.19 (read)" } }) });
      moved.resolve(changeOf(8));
      return written;
    },
  });
  const { user } = await show(<Live />, at);
  await user.click(await fact("Firmware"));
  await user.keyboard("{Control>}a{/Control}V3.2.19{Enter}");
  await user.type(within(await bar()).getByRole("combobox", { name: "Reason" }), "why{Enter}");
  expect(await screen.findByRole("button", { name: "Edit Firmware: V3.2.19 (read)" })).toBeInTheDocument();
  await waitFor(() => expect(program.asked("GET /changes")).toHaveLength(3));
  expect(program.asked("GET /assets/{ref}")).toHaveLength(2);
});

test("Escape leaves a field as it was, and the saved text takes an edit back", async () => {
  fakeAsset(assetOf());
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Firmware"));
  await user.keyboard("x{Escape}");
  expect(screen.queryByRole("region", { name: "Changes not saved yet" })).not.toBeInTheDocument();
  await user.click(await fact("Firmware"));
  await user.keyboard("x{Enter}");
  expect(await bar()).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Take back the change of Firmware" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Changes not saved yet" })).not.toBeInTheDocument());
});

test("what was typed outlives the page", async () => {
  const kept = { key: "draft/asset/a1", value: { fields: { firmware: "V4" }, reason: "half" }, at: "2026-11-22T10:00:00Z" };
  fakeAsset(assetOf(), { "GET /kept": ({ query }) => (query.get("prefix") === "draft/asset/a1" ? [kept] : []) });
  await show(<AssetScreen />, at);
  expect(await screen.findByRole("button", { name: "Edit Firmware: V4" })).toBeInTheDocument();
  expect(within(await bar()).getByRole("combobox", { name: "Reason" })).toHaveValue("half");
  expect(within(await bar()).getByText(/Restored from your draft/)).toBeInTheDocument();
});

test("a refused value is told at its field and stays to be mended", async () => {
  const refused = new Refusal({ code: "refused", detail: "no", errors: [{ field: "ip_address", message: "10.20 is no address; write it as 10.20.1.12" }] });
  fakeAsset(assetOf(), { "PATCH /assets/{ref}": refused });
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("IP address"));
  await user.keyboard("10.20{Enter}");
  await user.type(within(await bar()).getByRole("combobox", { name: "Reason" }), "why{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("10.20 is no address");
  await user.click(await fact("IP address"));
  expect(await screen.findByRole("textbox", { name: "IP address" })).toHaveValue("10.20");
});

test("concurrent values stand at the field with who, device and why, and are decided there", async () => {
  const program = fakeAsset(assetOf({ conflicts: [conflict] }), { "POST /conflicts/{id}/resolve": written });
  const { user } = await show(<AssetScreen />, at);
  const values = within(await screen.findByRole("group", { name: "2 values were entered at the same time" }));
  for (const text of [/Ada Okafor, device aaaaaaaa/, /bulletin 12/, /Jo Hargreaves, device bbbbbbbb/, /read off the display/]) expect(values.getByText(text)).toBeInTheDocument();
  expect(screen.getByText("1 field with several values")).toBeInTheDocument();
  await user.click(values.getByRole("button", { name: "Decide…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Which value is right?" }));
  await user.click(dialog.getByRole("radio", { name: "V3.2.19" }));
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "seen on site");
  await user.click(dialog.getByRole("button", { name: "Keep this value" }));
  await waitFor(() => expect(program.asked("POST /conflicts/{id}/resolve")[0]).toMatchObject({ path: { id: "c1" }, body: { keep: "V3.2.19", seen: conflict.values.map(({ value }) => value), reason: "seen on site" } }));
});

test("concurrent values of what is no fact are shown above them", async () => {
  fakeAsset(assetOf({ conflicts: [{ ...conflict, field: "unit" }] }));
  await show(<AssetScreen />, at);
  expect(within(await screen.findByRole("region", { name: "Further fields with several values" })).getByText("V3.2.19")).toBeInTheDocument();
});
