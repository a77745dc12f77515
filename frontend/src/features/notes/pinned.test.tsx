import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { NotesScreen } from ".";
import { show } from "../../test";
import { fakeJournal, noteOf } from "./testing";

const pane = async () => within(await screen.findByRole("article", { name: "Note" }));

describe("a link to a note", () => {
  it("shows that note, though the list ends before it", async () => {
    const listed = Array.from({ length: 3 }, (_, at) => noteOf({ id: `n${at}`, text: `newer ${at}` }));
    fakeJournal(listed, { "GET /notes": { total: 150, items: listed }, "GET /notes/{ref}": noteOf({ id: "old", text: "an old one", void: "wrong plant" }) });
    await show(<NotesScreen />, { path: "/notes?note=old" });
    expect((await pane()).getByText("an old one")).toBeVisible();
    expect((await pane()).getByText(/wrong plant/)).toBeVisible();
    expect(screen.queryByRole("button", { current: true })).not.toBeInTheDocument();
  });

  it("says that it is not there, and shows no other in its place", async () => {
    fakeJournal([noteOf()]);
    await show(<NotesScreen />, { path: "/notes?note=gone" });
    expect(await screen.findByText("there is no such note")).toBeVisible();
    expect(screen.queryByRole("article")).not.toBeInTheDocument();
  });

  it("is left when the list is narrowed", async () => {
    fakeJournal([noteOf({ text: "first" }), noteOf({ id: "n2", text: "second" })]);
    const { user, address } = await show(<NotesScreen />, { path: "/notes?note=n2" });
    expect((await pane()).getByText("second")).toBeVisible();
    await user.click(screen.getByRole("combobox", { name: "Kind" }));
    await user.click(screen.getByRole("option", { name: "fault" }));
    await waitFor(() => expect(address()).toBe("/notes?kind=fault"));
    expect(await (await pane()).findByText("first")).toBeVisible();
  });
});

describe("the note that is open", () => {
  it("stays, with what is being written, when a sync brings a newer one", async () => {
    const mine = noteOf({ text: "mine" });
    const program = fakeJournal([mine]);
    const { user, client } = await show(<NotesScreen />, { path: "/notes" });
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    const text = await within(await screen.findByRole("dialog", { name: "Edit the draft" })).findByRole("textbox", { name: /^Text/ });
    program.answer({ "GET /notes": { total: 2, items: [noteOf({ id: "n2", text: "newer" }), mine] } });
    await client.invalidateQueries({ queryKey: ["record"] });
    expect(await screen.findByText("newer")).toBeInTheDocument();
    expect(text).toBeInTheDocument();
    expect(text).toHaveValue("mine");
  });

  it("stays when a colleague strikes it, and says so", async () => {
    const program = fakeJournal([noteOf(), noteOf({ id: "n2", text: "another" })]);
    const { client } = await show(<NotesScreen />, { path: "/notes" });
    expect((await pane()).getByText("CPU in STOP")).toBeVisible();
    program.answer({ "GET /notes": { total: 1, items: [noteOf({ id: "n2", text: "another" })] }, "GET /notes/{ref}": noteOf({ void: "wrong plant" }) });
    await client.invalidateQueries({ queryKey: ["record"] });
    expect(await (await pane()).findByText(/wrong plant/)).toBeVisible();
    expect((await pane()).getByText("CPU in STOP")).toBeVisible();
  });
});
