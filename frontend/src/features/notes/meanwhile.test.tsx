import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { NotesScreen } from ".";
import { Refusal, show } from "../../test";
import { fakeJournal, noteOf } from "./testing";

const older = noteOf({ text: "by Ada" });
const newer = noteOf({ text: "by Ada. And one by Jo", heads: ["h2"] });
const saved = { id: "n1", tag: null, events: 1, changes: [] };
const reload = { queryKey: ["record"] };
const journalOf = (...items: (typeof older)[]) => ({ "GET /notes": { total: items.length, items }, "GET /notes/{ref}": items[0] ?? older });

describe("a draft in which a colleague writes while it is edited", () => {
  it("shows the newer text beside, and is saved as made from the older one", async () => {
    const program = fakeJournal([older], { "PATCH /notes/{ref}": saved });
    const { user, client } = await show(<NotesScreen />, { path: "/notes" });
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Edit the draft" }));
    await user.type(await dialog.findByRole("textbox", { name: /^Text/ }), ", corrected");
    await user.type(dialog.getByRole("combobox", { name: "Reason" }), "typo");
    program.answer(journalOf(newer));
    await client.invalidateQueries(reload);
    expect(await dialog.findByText("by Ada. And one by Jo")).toBeVisible();
    expect(dialog.getByRole("textbox", { name: /^Text/ })).toHaveValue("by Ada, corrected");
    await user.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(program.asked("PATCH /notes/{ref}")[0]?.body).toMatchObject({ seen: ["h1"] }));
  });

  it("is known from a draft that was kept for days, and saved over once it holds both", async () => {
    const value = { text: "by Ada, corrected", seen: ["h1"], reason: "typo" };
    const program = fakeJournal([newer], {
      "GET /kept": ({ query }) => (query.get("prefix") === "draft/notes/n1/edit" ? [{ key: "draft/notes/n1/edit", value, at: "2026-11-20T09:00:00Z" }] : []),
      "PATCH /notes/{ref}": saved,
    });
    const { user } = await show(<NotesScreen />, { path: "/notes" });
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Edit the draft" }));
    expect(await dialog.findByText("by Ada. And one by Jo")).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "My text holds both" }));
    expect(dialog.queryByText("by Ada. And one by Jo")).not.toBeInTheDocument();
    await user.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(program.asked("PATCH /notes/{ref}")[0]?.body).toEqual({ text: "by Ada, corrected", seen: ["h2"], reason: "typo" }));
  });
});

it("a signature goes under the text that was read, not under one that arrived since", async () => {
  const changed = new Refusal({ code: "refused", detail: "the note was changed since it was shown" });
  const program = fakeJournal([older], { "POST /notes/{ref}/sign": changed });
  const { user, client } = await show(<NotesScreen />, { path: "/notes" });
  await user.click(await screen.findByRole("button", { name: "Sign" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Sign this note" }));
  program.answer(journalOf(newer));
  await client.invalidateQueries(reload);
  expect(await dialog.findByText("This note was changed meanwhile")).toBeVisible();
  expect(dialog.getByLabelText("What is signed")).toHaveTextContent(/^by Ada$/);
  await user.click(dialog.getByRole("button", { name: "Sign" }));
  expect(await dialog.findByText("the note was changed since it was shown")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "I have read it" }));
  expect(dialog.getByLabelText("What is signed")).toHaveTextContent("by Ada. And one by Jo");
  expect(dialog.queryByText("the note was changed since it was shown")).not.toBeInTheDocument();
  await user.click(dialog.getByRole("button", { name: "Sign" }));
  await waitFor(() => expect(program.asked("POST /notes/{ref}/sign").map(({ body }) => body)).toEqual([{ seen: ["h1"] }, { seen: ["h2"] }]));
});
