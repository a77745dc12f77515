import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { actions, NotesScreen } from ".";
import { me, show, stateOf } from "../../test";
import { fakeJournal, noteOf } from "./testing";

const signature = { member: "someone", name: "Jo Hargreaves", at: "2026-11-20T10:00:00Z", heads: [], text: "CPU in STOP", altered: false };
const saved = { id: "n9", tag: null, events: 1, changes: [] };

test("a shortcut begins a note everywhere, typing and saving ends it", async () => {
  const program = fakeJournal([noteOf()], { "POST /notes": saved });
  const action = actions.find(({ id }) => id === "notes.new");
  expect(action?.keys).toBe("N");
  const { user } = await show(<NotesScreen />, { path: "/notes?new=true" });
  const dialog = within(await screen.findByRole("dialog", { name: "New note" }));
  const text = await dialog.findByRole("textbox", { name: /^Text/ });
  await waitFor(() => expect(text).toHaveFocus());
  await user.keyboard("Door open{Control>}{Enter}{/Control}");
  await waitFor(() => expect(program.asked("POST /notes")[0]?.body).toEqual({ kind: "observation", text: "Door open", assets: [], fields: {} }));
  await waitFor(() => expect(program.asked("DELETE /kept").map(({ query }) => query.get("key"))).toContain("draft/notes/new"));
});

test("the journal narrows to a kind of the definitions, which the address keeps", async () => {
  const program = fakeJournal([noteOf()]);
  const { user, address } = await show(<NotesScreen />, { path: "/notes" });
  await user.click(await screen.findByRole("combobox", { name: "Kind" }));
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["observation", "fault", "measurement"]);
  await user.click(screen.getByRole("option", { name: "fault" }));
  await waitFor(() => expect(program.asked("GET /notes").at(-1)?.query.get("kind")).toBe("fault"));
  expect(address()).toBe("/notes?kind=fault");
});

test("a note names its kind, assets and measurement", async () => {
  const found = { id: "a1", tag: "RAV-PLC-004", site: "RAV", lifecycle: "in_service", values: {}, concurrent: [], unverified: false, void: null, merged_into: null };
  const program = fakeJournal([], { "POST /notes": saved, "GET /assets": { total: 1, items: [found] } });
  const { user } = await show(<NotesScreen />, { path: "/notes" });
  await user.click(await screen.findByRole("button", { name: /New note/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "New note" }));
  await user.click(await dialog.findByRole("button", { name: /Save note/ }));
  expect(await dialog.findByText("Write what there is to say.")).toBeInTheDocument();
  await user.type(dialog.getByRole("textbox", { name: /^Text/ }), "battery string 1");
  await user.click(dialog.getByRole("radio", { name: "measurement" }));
  await user.type(dialog.getByRole("textbox", { name: "Measured value" }), "53.8");
  await user.type(dialog.getByRole("textbox", { name: "Unit" }), "V");
  await user.click(dialog.getByRole("combobox", { name: "About which assets" }));
  await user.click(await screen.findByRole("option", { name: "RAV-PLC-004 · RAV" }));
  await user.click(dialog.getByRole("button", { name: /Save note/ }));
  await waitFor(() =>
    expect(program.asked("POST /notes")[0]?.body).toEqual({
      kind: "measurement",
      text: "battery string 1",
      assets: ["a1"],
      fields: { "measurement.value": "53.8", "measurement.unit": "V" },
    }),
  );
});

test("a note that was not saved is there again", async () => {
  const value = { kind: "fault", text: "half a sen", assets: [], observed: null, fields: {} };
  fakeJournal([], { "GET /kept": ({ query }) => (query.get("prefix") === "draft/notes/new" ? [{ key: "draft/notes/new", value, at: "2026-11-20T09:00:00Z" }] : []) });
  await show(<NotesScreen />, { path: "/notes?new=true" });
  const dialog = within(await screen.findByRole("dialog", { name: "New note" }));
  expect(await dialog.findByRole("textbox", { name: /^Text/ })).toHaveValue("half a sen");
  expect(dialog.getByText(/Restored from your draft/)).toBeInTheDocument();
});

test("the journal is narrowed to words, a state and an asset", async () => {
  const program = fakeJournal([noteOf()]);
  const { user } = await show(<NotesScreen />, { path: "/notes?asset=a1" });
  await user.type(await screen.findByRole("searchbox", { name: "Search the notes" }), "door");
  await user.click(screen.getByRole("combobox", { name: "State" }));
  await user.click(await screen.findByRole("option", { name: "draft" }));
  await waitFor(() => {
    const { query } = program.asked("GET /notes").at(-1) ?? { query: new URLSearchParams() };
    expect([query.get("search"), query.get("state"), query.get("asset")]).toEqual(["door", "draft", "a1"]);
  });
});

test("what is signed is shown before it is", async () => {
  const program = fakeJournal([noteOf()], { "POST /notes/{ref}/sign": saved });
  const { user } = await show(<NotesScreen />, { path: "/notes" });
  await user.click(await screen.findByRole("button", { name: "Sign" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Sign this note" }));
  expect(dialog.getByLabelText("What is signed")).toHaveTextContent("CPU in STOP");
  expect(dialog.getByText(/You sign as Ada Okafor/)).toBeInTheDocument();
  await user.click(dialog.getByRole("button", { name: "Sign" }));
  await waitFor(() => expect(program.asked("POST /notes/{ref}/sign")[0]).toMatchObject({ path: { ref: "n1" }, body: { seen: ["h1"] } }));
});

test("a signed note is amended, never edited", async () => {
  const program = fakeJournal([noteOf({ state: "signed", signatures: [signature] })], { "POST /notes/{ref}/amend": saved });
  const { user } = await show(<NotesScreen />, { path: "/notes" });
  expect(await screen.findByText("Jo Hargreaves")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Edit" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Amend" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Amend a signed note" }));
  await user.type(await dialog.findByRole("textbox", { name: /^Text/ }), ", SF lit");
  await user.type(dialog.getByRole("combobox", { name: "Reason" }), "left out");
  await user.click(dialog.getByRole("button", { name: "Save the amendment" }));
  await waitFor(() => expect(program.asked("POST /notes/{ref}/amend")[0]?.body).toEqual({ text: "CPU in STOP, SF lit", reason: "left out" }));
});

test("a note altered after it was signed shows what the signature covers", async () => {
  fakeJournal([noteOf({ state: "signed", text: "CPU in RUN", signatures: [{ ...signature, altered: true }] })]);
  await show(<NotesScreen />, { path: "/notes" });
  expect(await screen.findAllByText("altered after signing")).not.toHaveLength(0);
  expect(screen.getByText("The note was altered after this signature")).toBeInTheDocument();
  expect(screen.getByText("CPU in STOP")).toBeInTheDocument();
});

test("a draft is edited, and a wrong note is struck, both for a reason", async () => {
  const program = fakeJournal([noteOf()], { "PATCH /notes/{ref}": saved, "POST /notes/{ref}/void": saved });
  const { user } = await show(<NotesScreen />, { path: "/notes" });
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const editing = within(await screen.findByRole("dialog", { name: "Edit the draft" }));
  await user.type(await editing.findByRole("textbox", { name: /^Text/ }), "!");
  await user.type(editing.getByRole("combobox", { name: "Reason" }), "typo");
  await user.click(editing.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(program.asked("PATCH /notes/{ref}")[0]?.body).toEqual({ text: "CPU in STOP!", seen: ["h1"], reason: "typo" }));
  await user.click(screen.getByRole("button", { name: "Strike" }));
  const striking = within(await screen.findByRole("dialog", { name: "Strike this note?" }));
  await user.type(striking.getByRole("combobox", { name: "Reason" }), "wrong plant{Enter}");
  await waitFor(() => expect(program.asked("POST /notes/{ref}/void")[0]?.body).toEqual({ reason: "wrong plant" }));
});

test("an auditor reads and writes nothing", async () => {
  fakeJournal([noteOf()], { "GET /state": stateOf({ me: { ...me, role: "auditor" } }) });
  await show(<NotesScreen />, { path: "/notes?new=true" });
  await screen.findByRole("article", { name: "Note" });
  for (const name of [/New note/, "Sign", "Edit", "Strike"]) expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});
