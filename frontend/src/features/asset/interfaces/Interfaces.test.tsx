import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { definitions, fieldOf, Refusal, show } from "../../../test";
import { AssetScreen } from "../AssetScreen";
import { assetOf, conflict, fakeAsset, interfaceOf, written } from "../testing";

const at = { path: "/assets/a1?tab=interfaces" };
const x1 = interfaceOf("i1", { interface_name: "X1", ip_address: "10.20.1.13" });
const x2 = interfaceOf("i2", { interface_name: "X2", ip_address: "10.20.1.14" }, true);

/** known are definitions with the name of an interface, which the others do without. */
const known = {
  ...definitions,
  entities: { ...definitions.entities, asset: [...definitions.entities.asset, fieldOf({ name: "interface_name", label: "Interface", scope: "interface", group: "network" })] },
};

const program = (part: Parameters<typeof assetOf>[0], answers: Parameters<typeof fakeAsset>[1] = {}) =>
  fakeAsset(assetOf({ fields: { ...assetOf().fields, ip_address: "10.20.1.13" }, interfaces: [x1, x2], ...part }), { "GET /definitions": known, ...answers });
const card = async (name: string) => within(await screen.findByRole("listitem", { name }));

test("every interface is edited where it stands, together with the facts", async () => {
  const asked = program({}, { "PATCH /assets/{ref}": written });
  const { user } = await show(<AssetScreen />, at);
  for (const name of ["X1", "X2"]) {
    await user.click((await card(name)).getByRole("button", { name: /^Edit IP address/ }));
    await user.clear(screen.getByRole("textbox", { name: "IP address" }));
    await user.keyboard(name === "X1" ? "10.20.1.23{Enter}" : "10.20.1.24{Enter}");
  }
  await user.type(screen.getByRole("combobox", { name: "Reason" }), "readdressed{Enter}");
  await waitFor(() =>
    expect(asked.asked("PATCH /assets/{ref}")[0]?.body).toEqual({
      fields: { ip_address: "10.20.1.23", "interfaces/i2/ip": "10.20.1.24" },
      reason: "readdressed",
    }),
  );
});

test("a refused value is told at the field of its interface", async () => {
  const refused = new Refusal({ code: "refused", detail: "no", errors: [{ field: "interfaces/i2/ip", message: "10.20 is no address" }] });
  program({}, { "PATCH /assets/{ref}": refused });
  const { user } = await show(<AssetScreen />, at);
  await user.click((await card("X2")).getByRole("button", { name: /^Edit IP address/ }));
  await user.clear(screen.getByRole("textbox", { name: "IP address" }));
  await user.keyboard("10.20{Enter}");
  await user.type(screen.getByRole("combobox", { name: "Reason" }), "why{Enter}");
  expect(await (await card("X2")).findByRole("alert")).toHaveTextContent("10.20 is no address");
});

test("an interface is added with a name, an address and a reason", async () => {
  const asked = program({}, { "POST /assets/{ref}/interfaces": written });
  const { user } = await show(<AssetScreen />, at);
  await user.click(await screen.findByRole("button", { name: "Add interface" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Add an interface to RAV-PLC-004" }));
  await user.type(await dialog.findByRole("textbox", { name: "Interface" }), "X3");
  await user.type(dialog.getByRole("textbox", { name: "IP address" }), "10.20.1.15");
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "third port");
  await user.click(dialog.getByRole("button", { name: "Add interface" }));
  await waitFor(() =>
    expect(asked.asked("POST /assets/{ref}/interfaces")[0]?.body).toEqual({ fields: { interface_name: "X3", ip_address: "10.20.1.15" }, reason: "third port" }),
  );
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});

test("removing one asks why, and a removed one shows what is known and comes back", async () => {
  const asked = program({ interfaces: [x1, { ...x2, removed: true }] }, { "PATCH /assets/{ref}": written });
  const { user } = await show(<AssetScreen />, at);
  expect(await screen.findByRole("tab", { name: /Network/ })).toHaveTextContent("Network1");
  await user.click(await screen.findByRole("button", { name: "Remove X1" }));
  await user.type(within(await screen.findByRole("dialog", { name: "Remove X1 from RAV-PLC-004?" })).getByRole("combobox", { name: "Reason" }), "card pulled{Enter}");
  await waitFor(() => expect(asked.asked("PATCH /assets/{ref}")[0]?.body).toEqual({ fields: { "interfaces/i1/removed": "yes" }, reason: "card pulled" }));
  const gone = await card("X2");
  expect(gone.getByText("removed")).toBeInTheDocument();
  expect(gone.getByText("10.20.1.14")).toBeInTheDocument();
  expect(gone.queryByRole("button", { name: /^Edit/ })).not.toBeInTheDocument();
  await user.click(gone.getByRole("button", { name: "Bring back X2" }));
  await user.type(within(await screen.findByRole("dialog", { name: "Bring X2 back to RAV-PLC-004?" })).getByRole("combobox", { name: "Reason" }), "in use{Enter}");
  await waitFor(() => expect(asked.asked("PATCH /assets/{ref}")[1]?.body).toEqual({ fields: { "interfaces/i2/removed": "no" }, reason: "in use" }));
});

test("concurrent values of an interface stand at it", async () => {
  program({ conflicts: [{ ...conflict, field: "interfaces/i2/ip" }] });
  await show(<AssetScreen />, at);
  expect((await card("X2")).getByRole("group", { name: "2 values were entered at the same time" })).toBeInTheDocument();
  expect((await card("X1")).queryByRole("group")).not.toBeInTheDocument();
});
