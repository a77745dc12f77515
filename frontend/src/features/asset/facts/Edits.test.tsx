import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { defer, definitions, fieldOf, Refusal, show } from "../../../test";
import { AssetScreen } from "../AssetScreen";
import { assetOf, fakeAsset, written } from "../testing";

const at = { path: "/assets/a1" };
const fact = (name: string) => screen.findByRole("button", { name: new RegExp(`^Edit ${name}:`) });
const bar = () => screen.findByRole("region", { name: "Changes not saved yet" });
type User = Awaited<ReturnType<typeof show>>["user"];

/** accounts is an asset with labels that are typed one by one. */
const accounts = () =>
  fakeAsset(assetOf({ fields: { ...assetOf().fields, accounts: "operator" } }), {
    "GET /definitions": { ...definitions, entities: { ...definitions.entities, asset: [...definitions.entities.asset, fieldOf({ name: "accounts", label: "Accounts", type: "labels", group: "identity" })] } },
  });

test.each([
  ["a click elsewhere", (user: User) => user.click(screen.getByRole("heading", { level: 1 }))],
  ["the keys that end it", (user: User) => user.keyboard("{Control>}{Enter}{/Control}")],
])("a label that is half typed is taken by %s, and dropped by Escape", async (_, leave) => {
  accounts();
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Accounts"));
  await user.keyboard("service{Escape}");
  expect(await fact("Accounts")).toHaveAccessibleName("Edit Accounts: operator");
  await user.click(await fact("Accounts"));
  await user.keyboard("service");
  await leave(user);
  expect(await fact("Accounts")).toHaveAccessibleName("Edit Accounts: operator;service");
});

test("what stands in an open input is kept as it is typed, and is there after a lock", async () => {
  const program = fakeAsset(assetOf());
  const { user, unmount } = await show(<AssetScreen />, at);
  await user.click(await fact("Firmware"));
  await user.keyboard("{Control>}a{/Control}V3.2.19");
  expect(within(await bar()).getByText("1 change not saved yet")).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: "Firmware" })).toHaveFocus();
  unmount();
  await waitFor(() => expect(program.asked("PUT /kept").at(-1)?.body).toMatchObject({ value: { fields: { firmware: "V3.2.19" } } }));
});

test("Escape gives back the edit that stood there when the typing began", async () => {
  fakeAsset(assetOf());
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Firmware"));
  await user.keyboard("{Control>}a{/Control}V4{Enter}{F2}{Control>}a{/Control}V5{Escape}");
  expect(await fact("Firmware")).toHaveAccessibleName("Edit Firmware: V4");
  await user.keyboard("{F2}{Control>}a{/Control}V3.2.17");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Changes not saved yet" })).not.toBeInTheDocument());
});

test("the keys that save take what stands in the open input, once, and Escape goes back to what they saved", async () => {
  const saved = defer<typeof written>();
  const program = fakeAsset(assetOf(), { "PATCH /assets/{ref}": () => saved.promise });
  program.answer({ "GET /kept": [{ key: "draft/asset/a1", value: { fields: {}, reason: "why" }, at: "2026-11-22T10:00:00Z" }] });
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Vendor"));
  await user.keyboard("{Control>}a{/Control}A{Enter}{F2}BB{Control>}ss{/Control}");
  await waitFor(() => expect(program.asked("PATCH /assets/{ref}")).toHaveLength(1));
  expect(program.asked("PATCH /assets/{ref}")[0]?.body).toEqual({ fields: { vendor: "ABB" }, reason: "why" });
  saved.resolve(written);
  await waitFor(() => expect(screen.queryByRole("region", { name: "Changes not saved yet" })).not.toBeInTheDocument());
  expect(screen.getByRole("textbox", { name: "Vendor" })).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(await fact("Vendor")).toHaveAccessibleName("Edit Vendor: ABB");
  expect(screen.queryByRole("region", { name: "Changes not saved yet" })).not.toBeInTheDocument();
  expect(program.asked("PATCH /assets/{ref}")).toHaveLength(1);
});

test("whoever leaves an input for the reason types it there", async () => {
  fakeAsset(assetOf());
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Firmware"));
  await user.keyboard("x{Control>}s{/Control}why");
  expect(within(await bar()).getByRole("combobox", { name: "Reason" })).toHaveValue("why");
  expect(await fact("Firmware")).toHaveAccessibleName("Edit Firmware: V3.2.17x");
});

test("what is typed while an entry is on its way waits for the next one, also the text from before", async () => {
  const saves = [defer<typeof written>(), defer<typeof written>()] as const;
  const program = fakeAsset(assetOf(), { "PATCH /assets/{ref}": () => saves[program.asked("PATCH /assets/{ref}").length > 1 ? 1 : 0].promise });
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Firmware"));
  await user.keyboard("{Control>}a{/Control}V9{Enter}");
  await user.type(within(await bar()).getByRole("combobox", { name: "Reason" }), "why{Enter}");
  await waitFor(() => expect(program.asked("PATCH /assets/{ref}")).toHaveLength(1));
  await user.click(await fact("Vendor"));
  await user.keyboard("{Control>}a{/Control}ABB{Enter}");
  await user.click(await fact("Firmware"));
  await user.keyboard("{Control>}a{/Control}V3.2.17{Enter}");
  saves[0].resolve(written);
  const reason = within(await bar()).getByRole("combobox", { name: "Reason" });
  await waitFor(() => expect(reason).toHaveValue(""));
  await user.type(reason, "typed wrongly{Enter}");
  await waitFor(() => expect(program.asked("PATCH /assets/{ref}")[1]?.body).toEqual({ fields: { firmware: "V3.2.17", vendor: "ABB" }, reason: "typed wrongly" }));
});

test("a line that is edited or refused comes into sight", async () => {
  const shown = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
  const refusal = new Refusal({ code: "refused", detail: "no", errors: [{ field: "vendor", message: "too long" }] });
  fakeAsset(assetOf(), { "PATCH /assets/{ref}": refusal });
  const { user } = await show(<AssetScreen />, at);
  await user.click(await fact("Vendor"));
  await user.keyboard("x{Enter}");
  expect(shown.mock.contexts.at(-1)).toContainElement(await fact("Vendor"));
  shown.mockClear();
  await user.type(within(await bar()).getByRole("combobox", { name: "Reason" }), "why{Enter}");
  const alert = await screen.findByRole("alert");
  expect(shown.mock.contexts.at(-1)).toContainElement(alert);
});

test.each([
  ["of the whole asset", [{ field: "", message: "no" }]],
  ["of a field that has no line", [{ field: "gone", message: "no" }]],
  ["of a field on another tab", [{ field: "interfaces/i2/ip", message: "no" }]],
])("a refusal %s is told beside the button", async (_, errors) => {
  const edits = { fields: { firmware: "V9", "interfaces/i2/ip": "10.20", gone: "x" }, reason: "why" };
  fakeAsset(assetOf(), {
    "GET /kept": [{ key: "draft/asset/a1", value: edits, at: "2026-11-22T10:00:00Z" }],
    "PATCH /assets/{ref}": new Refusal({ code: "refused", detail: "RAV-PLC-004 is retired and takes no edits", errors }),
  });
  const { user } = await show(<AssetScreen />, at);
  await user.click(within(await bar()).getByRole("button", { name: "Save" }));
  expect(await within(await bar()).findByText("RAV-PLC-004 is retired and takes no edits")).toBeInTheDocument();
});
