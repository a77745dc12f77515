import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Refusal, show } from "../../test";
import { AssetsScreen } from "./AssetsScreen";
import { fakePlant } from "./testing";

const dialog = async () => within(await screen.findByRole("dialog", { name: "New asset" }));

test("a new asset asks first for what it must have, and leads to its page", async () => {
  const program = fakePlant(1, { "POST /assets": { id: "new-1", tag: "RAV-PLC-9", events: 1, changes: [] } });
  const { user, address } = await show(<AssetsScreen />, { path: "/assets" });
  await user.click(await screen.findByRole("button", { name: "New asset" }));
  const form = await dialog();
  await user.click(await form.findByRole("button", { name: "Add the asset" }));
  expect((await form.findAllByText("This is needed.")).length).toBe(4);
  expect(form.getByRole("textbox", { name: /^Tag/ })).toHaveFocus();

  await user.type(form.getByRole("textbox", { name: /^Tag/ }), "RAV-PLC-9");
  await user.type(form.getByRole("textbox", { name: /^Site/ }), "RAV");
  await user.click(form.getByRole("combobox", { name: /^Role/ }));
  await user.click(await screen.findByRole("option", { name: "PLC" }));
  await user.click(form.getByRole("combobox", { name: /^Criticality/ }));
  await user.click(await screen.findByRole("option", { name: "high" }));
  await user.type(form.getByRole("combobox", { name: /^Reason/ }), "new line");
  await user.click(form.getByRole("button", { name: "Add the asset" }));
  await waitFor(() => expect(address()).toBe("/assets/new-1"));
  expect(program.asked("POST /assets")[0]?.body).toEqual({ tag: "RAV-PLC-9", fields: { site: "RAV", role: "plc", criticality: "high" }, reason: "new line" });
  expect(program.asked("DELETE /kept")[0]?.query.get("key")).toBe("draft/assets/new");
});

test("what was typed is there again, and a refusal stands at its field", async () => {
  const kept = { key: "draft/assets/new", value: { fields: { tag: "X", site: "RAV", role: "plc", criticality: "high" }, reason: "why" }, at: "2026-11-22T10:00:00Z" };
  const program = fakePlant(1, {
    "GET /kept": ({ query }) => (query.get("prefix") === "draft/assets/new" ? [kept] : []),
    "POST /assets": new Refusal({ code: "refused", detail: "no", errors: [{ field: "tag", message: "there is one already" }] }),
  });
  const { user } = await show(<AssetsScreen />, { path: "/assets?new=true" });
  const form = await dialog();
  expect(await form.findByRole("textbox", { name: /^Tag/ })).toHaveValue("X");
  expect(form.getByText(/Restored from your draft/)).toBeInTheDocument();
  await user.click(form.getByRole("button", { name: "Add the asset" }));
  await waitFor(() => expect(form.getByRole("textbox", { name: /^Tag/ })).toHaveAccessibleDescription(/there is one already/));
  expect(form.getByRole("textbox", { name: /^Tag/ })).toHaveFocus();
  expect(program.asked("POST /assets")).toHaveLength(1);
});

test("what is refused of a field that is folded away is told below", async () => {
  const kept = { key: "draft/assets/new", value: { fields: { tag: "X", site: "RAV", role: "plc", criticality: "high", description: "?" }, reason: "why" }, at: "2026-11-22T10:00:00Z" };
  fakePlant(1, {
    "GET /kept": ({ query }) => (query.get("prefix") === "draft/assets/new" ? [kept] : []),
    "POST /assets": new Refusal({ code: "refused", detail: "say more", errors: [{ field: "description", message: "say more" }] }),
  });
  const { user } = await show(<AssetsScreen />, { path: "/assets?new=true" });
  const form = await dialog();
  await user.click(await form.findByRole("button", { name: "Add the asset" }));
  expect(await form.findByText("say more")).toBeInTheDocument();
  await user.click(form.getByRole("button", { name: "All fields" }));
  expect(form.getByRole("textbox", { name: "Description" })).toHaveAccessibleDescription(/say more/);
  expect(form.queryByRole("alert")).not.toBeInTheDocument();
});
