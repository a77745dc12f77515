import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { NotesScreen } from ".";
import { defer, Refusal, show } from "../../test";
import { fakeJournal, noteOf } from "./testing";

const saved = { id: "n9", tag: null, events: 1, changes: [] };
const signed = "a signed note is never edited; amend it";

afterEach(() => void vi.unstubAllEnvs());

it("a note is written once, however often Ctrl+Enter is pressed before the answer", async () => {
  const answer = defer<typeof saved>();
  const program = fakeJournal([], { "POST /notes": () => answer.promise });
  const { user, address } = await show(<NotesScreen />, { path: "/notes?new=true" });
  const dialog = within(await screen.findByRole("dialog", { name: "New note" }));
  const text = await dialog.findByRole("textbox", { name: /^Text/ });
  await waitFor(() => expect(text).toHaveFocus());
  await user.keyboard("Door open{Control>}{Enter}{/Control}");
  await waitFor(() => expect(program.asked("POST /notes")).toHaveLength(1));
  await user.keyboard("{Control>}{Enter}{/Control}");
  answer.resolve(saved);
  await waitFor(() => expect(address()).toBe("/notes?note=n9"));
  expect(program.asked("POST /notes")).toHaveLength(1);
});

it("a refusal of what has no input in a form is told", async () => {
  const hidden = { field: "measurement.value", message: "it is not a number" };
  fakeJournal([noteOf()], {
    "POST /notes": new Refusal({ code: "refused", detail: "the value is no number", errors: [hidden] }),
    "PATCH /notes/{ref}": new Refusal({ code: "refused", detail: signed, errors: [{ field: "", message: signed }] }),
  });
  const { user } = await show(<NotesScreen />, { path: "/notes?new=true" });
  const writing = within(await screen.findByRole("dialog", { name: "New note" }));
  await user.type(await writing.findByRole("textbox", { name: /^Text/ }), "Door open{Control>}{Enter}{/Control}");
  expect(await writing.findByText("the value is no number")).toBeVisible();
  await user.click(writing.getByRole("button", { name: "Close" }));
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const editing = within(await screen.findByRole("dialog", { name: "Edit the draft" }));
  await user.type(await editing.findByRole("combobox", { name: "Reason" }), "typo{Enter}");
  expect(await editing.findByText(signed)).toBeVisible();
});

it("a note says when it was seen in the time in which the person reads", async () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  const value = { kind: "fault", text: "door", assets: [], observed: "2026-07-01T14:00:00.000Z", fields: {} };
  const program = fakeJournal([], {
    "GET /kept": ({ query }) => (query.get("prefix") === "draft/notes/new" ? [{ key: "draft/notes/new", value, at: "2026-07-01T15:00:00Z" }] : []),
    "POST /notes": saved,
  });
  const { user } = await show(<NotesScreen />, { path: "/notes?new=true", appearance: { times: "utc" } });
  const dialog = within(await screen.findByRole("dialog", { name: "New note" }));
  expect(await dialog.findByText("2026-07-01 14:00")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: /Save note/ }));
  await waitFor(() => expect(program.asked("POST /notes")[0]?.body).toMatchObject({ observed_at: "2026-07-01T14:00:00.000Z" }));
});
