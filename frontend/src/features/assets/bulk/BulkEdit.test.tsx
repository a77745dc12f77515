import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Job } from "../../../api";
import { defer, jobOf, Refusal, show, type Asked } from "../../../test";
import { AssetsScreen } from "../AssetsScreen";
import { fakePlant, listOf } from "../testing";

const done = jobOf({
  kind: "bulk",
  state: "done",
  result: {
    id: "b1",
    items: [
      { id: "id-0", tag: "RAV-PLC-00001", events: 1, changes: [] },
      { id: "id-1", tag: "RAV-PLC-00002", events: 0, changes: [] },
    ],
    refused: [{ id: "id-2", tag: "RAV-PLC-00003", message: "RAV-PLC-00003 is retired; reinstate it first" }],
  },
});

async function begin(user: Awaited<ReturnType<typeof show>>["user"]) {
  await user.click(await screen.findByRole("checkbox", { name: "Select all that the list shows" }));
  await user.click(await screen.findByRole("button", { name: "Edit…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Edit 3 assets" }));
  await user.click(await dialog.findByRole("combobox", { name: "Field 1" }));
  await user.click(await screen.findByRole("option", { name: "Firmware" }));
  await user.type(dialog.getByRole("textbox", { name: "Firmware" }), "V4.0");
  return dialog;
}

test("any field of all that fit is set under one reason, and each refusal is told", async () => {
  const program = fakePlant(3, { "POST /assets/bulk": done });
  const { user } = await show(<AssetsScreen />, { path: "/assets?search=plc" });
  const dialog = await begin(user);
  await user.click(dialog.getByRole("button", { name: "Change 3 assets" }));
  expect(await dialog.findByText(/Give a reason/)).toBeInTheDocument();
  expect(program.asked("POST /assets/bulk")).toHaveLength(0);

  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "bulletin 12");
  await user.click(dialog.getByRole("button", { name: "Change 3 assets" }));
  expect(await dialog.findByText("1 asset was changed.")).toBeInTheDocument();
  expect(dialog.getByText("1 had these values already.")).toBeInTheDocument();
  const refusal = within(dialog.getByRole("row", { name: /reinstate it first/ }));
  expect(refusal.getByRole("link", { name: "RAV-PLC-00003" })).toHaveAttribute("href", "/assets/id-2");
  expect(program.asked("POST /assets/bulk")[0]?.body).toEqual({ query: { search: "plc" }, fields: { firmware: "V4.0" }, reason: "bulletin 12" });
});

test("struck assets of the list are left as they are, and the dialog says so", async () => {
  const listed = (asked: Asked) =>
    asked.query.get("include_void") ? listOf(5, (row, at) => (at > 2 ? { ...row, void: "typed twice" } : row))(asked) : listOf(3)(asked);
  const program = fakePlant(5, { "POST /assets/bulk": done, "GET /assets": listed });
  const { user } = await show(<AssetsScreen />, { path: "/assets?struck=true" });
  const box = await screen.findByRole("checkbox", { name: "RAV-PLC-00004 was struck and is not edited" });
  expect(box).toBeDisabled();
  const dialog = await begin(user);
  expect(box).not.toBeChecked();
  expect(dialog.getByText("2 struck assets are left as they are.")).toBeInTheDocument();
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "x");
  await user.click(dialog.getByRole("button", { name: "Change 3 assets" }));
  await waitFor(() => expect(program.asked("POST /assets/bulk")[0]?.body).toMatchObject({ query: {} }));
});

test("a run of rows is selected without those that were struck", async () => {
  fakePlant(5, { "GET /assets": listOf(5, (row, at) => (at === 1 ? { ...row, void: "typed twice" } : row)) });
  const { user } = await show(<AssetsScreen />, { path: "/assets?struck=true" });
  await user.click(await screen.findByRole("checkbox", { name: "Select RAV-PLC-00001" }));
  await user.keyboard("{Shift>}");
  await user.click(screen.getByRole("checkbox", { name: "Select RAV-PLC-00003" }));
  await user.keyboard("{/Shift}");
  expect(await screen.findByText("2 selected")).toBeInTheDocument();
});

test("progress is shown, and the work can be ended", async () => {
  const running = jobOf({ kind: "bulk", stage: "Writing", done: 1000, total: 3000 });
  const end = defer<Job>();
  fakePlant(3, {
    "POST /assets/bulk": running,
    "GET /jobs/{id}": () => end.promise,
    "DELETE /jobs/{id}": () => {
      end.resolve({ ...running, state: "cancelled" });
      return running;
    },
  });
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  const dialog = await begin(user);
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "x");
  await user.click(dialog.getByRole("button", { name: "Change 3 assets" }));
  expect(await dialog.findByText("1,000 of 3,000")).toBeInTheDocument();
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  expect(await dialog.findByText("Cancelled. Nothing was changed.")).toBeInTheDocument();
  expect(dialog.getByRole("textbox", { name: "Firmware" })).toHaveValue("V4.0");
});

test("a refused value is told at its field, and what was typed stays", async () => {
  const refused = new Refusal({ code: "refused", detail: "no", errors: [{ field: "firmware", message: "too long: use 100 characters" }] });
  const program = fakePlant(3, { "POST /assets/bulk": refused });
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  const dialog = await begin(user);
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "x");
  await user.click(dialog.getByRole("button", { name: "Change 3 assets" }));
  await waitFor(() => expect(dialog.getByRole("textbox", { name: "Firmware" })).toHaveAccessibleDescription(/too long/));
  await waitFor(() => expect(program.asked("PUT /kept").map(({ query }) => query.get("key"))).toContain("draft/assets/bulk"));
});

test("what is refused of no field of the form is told below it", async () => {
  fakePlant(3, { "POST /assets/bulk": new Refusal({ code: "refused", detail: "choose fewer assets", errors: [{ field: "ids", message: "choose fewer assets" }] }) });
  const { user } = await show(<AssetsScreen />, { path: "/assets" });
  const dialog = await begin(user);
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "x");
  await user.click(dialog.getByRole("button", { name: "Change 3 assets" }));
  expect(await dialog.findByText("choose fewer assets")).toBeInTheDocument();
});
