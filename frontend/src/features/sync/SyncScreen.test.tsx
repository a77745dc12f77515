import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Job, ProblemBody, Remote, RemoteSynced } from "../../api";
import { fakeProgram, jobOf, Refusal, show, stateOf, type Answers } from "../../test";
import { SyncScreen } from "./SyncScreen";

const stick: Remote = { name: "stick", url: "/media/usb/fieldbook", second: null, mode: "folder", last_sync: null, unsent: 3, unchecked: null, refused: [] };
const office: Remote = { ...stick, name: "office", url: "https://fieldbook.example", mode: "merging", last_sync: "2026-11-22T08:00:00Z", unsent: 0 };

function syncedOf(part: Partial<RemoteSynced> = {}): RemoteSynced {
  const none = { error: null, sent: 0, received: 0, refused: [], waiting: 0, round_trips: 1, service: null, unverified: 0, pack: null };
  return { name: "stick", url: stick.url, ...none, ...part };
}

function program(synced: RemoteSynced[], more: Answers = {}) {
  const job: Job = jobOf({ kind: "sync", state: "done", result: { remotes: synced } });
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /remotes": [stick, office],
    "GET /receipts": [],
    "POST /sync": job,
    ...more,
  });
}

const shown = (path = "/sync") => show(<SyncScreen />, { path });
const card = (name: string) => screen.findByRole("region", { name });

// A page of this size takes jsdom seconds.
vi.setConfig({ testTimeout: 60_000 });

describe("remotes", () => {
  it("say what they are, when they were reached, and what they lack", async () => {
    program([]);
    await shown();
    expect(await card("stick")).toHaveTextContent(/Folder or stick.*never synced.*3 entries of this laptop are not there yet/);
    expect(await card("office")).toHaveTextContent(/Service that may read and merge.*last synced.*has everything of this laptop/);
  });

  it("are asked for when there are none", async () => {
    program([], { "GET /remotes": [] });
    await shown();
    expect(await screen.findByText("No remote yet")).toBeVisible();
    expect(screen.getByRole("button", { name: "Sync all" })).toBeDisabled();
  });

  it("name refused pieces in plain words", async () => {
    const refused = [{ feed: "ab".repeat(32), reason: "damaged", message: "checksum" }];
    program([], { "GET /remotes": [{ ...stick, refused }] });
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "1 piece was refused" }));
    const told = await screen.findByText("damaged on the way or on the stick (checksum)");
    await waitFor(() => expect(told).toBeVisible());
  });

  it("say of an address that has not shown itself that it is not used, and what to do", async () => {
    const second = "https://eu.fieldbook.example";
    program([], { "GET /remotes": [stick, { ...office, second, unchecked: second }] });
    await shown();
    expect(await card("office")).toHaveTextContent(/eu\.fieldbook\.example is not in use yet.*Nothing is sent there before.*check the address/);
    expect(await card("stick")).not.toHaveTextContent(/not in use yet/);
  });

  it("list the receipts of services, this laptop's own marked", async () => {
    const receipt = { service: "99".repeat(16), remote: "office", feed: "f", device: "22".repeat(32), seq: 1207, time: "2026-11-22T08:00:00Z" };
    program([], { "GET /receipts": [receipt] });
    await shown();
    expect(await screen.findByRole("row", { name: /office 22222222 \(this laptop\) 1,207/ })).toBeVisible();
  });
});

describe("a sync", () => {
  it("says in words what went where", async () => {
    const fake = program([syncedOf({ sent: 3, received: 1, waiting: 2 })]);
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Sync stick now" }));
    const result = within(await card("stick"));
    expect(await result.findByText("3 entries sent, 1 entry received.")).toBeVisible();
    expect(result.getByText(/2 entries wait for something that has not arrived yet/)).toBeVisible();
    expect(fake.asked("POST /sync").at(-1)?.body).toEqual({ remote: "stick" });
  });

  it("goes to all remotes when the palette asks, once", async () => {
    const fake = program([syncedOf(), syncedOf({ name: "office" })]);
    const { address } = await shown("/sync?now=true");
    expect(await screen.findAllByText("Nothing new on either side.")).toHaveLength(2);
    expect(fake.asked("POST /sync").map(({ body }) => body)).toEqual([{}]);
    expect(address()).toBe("/sync");
  });

  it("makes no error of a stick that is not there", async () => {
    const error: ProblemBody = { code: "missing", detail: "no such folder", hint: "", status: 404, title: "", type: "about:blank" };
    program([syncedOf({ error })]);
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Sync all" }));
    const result = within(await card("stick"));
    expect(await result.findByText("Not here now")).toBeVisible();
    expect(result.getByText(/Put the stick in/)).toBeVisible();
    expect(result.getByText("Nothing is lost: 3 entries wait on this laptop.")).toBeVisible();
    expect(result.queryByRole("button", { name: /Begin/ })).not.toBeInTheDocument();
    expect(screen.queryByText("This did not work")).not.toBeInTheDocument();
  });

  it("writes to another stick than it was only when that is chosen", async () => {
    const error: ProblemBody = { code: "empty", detail: "another stick", hint: "", status: 409, title: "", type: "about:blank" };
    const fake = program([syncedOf({ error })]);
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Sync stick now" }));
    const result = within(await card("stick"));
    expect(await result.findByText(/Another stick is in.*Nothing was written there/)).toBeVisible();
    await user.click(result.getByRole("button", { name: "Begin on this one" }));
    await waitFor(() => expect(fake.asked("POST /sync").map(({ body }) => body)).toEqual([{ remote: "stick" }, { remote: "stick", begin: true }]));
  });

  it("says what to do about any other failure", async () => {
    const error: ProblemBody = { code: "full", detail: "The stick is full.", hint: "Make room on it.", status: 507, title: "", type: "about:blank" };
    program([syncedOf({ error })]);
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Sync all" }));
    expect(await screen.findByText("The stick is full.")).toBeVisible();
    expect(screen.getByText("Make room on it.")).toBeVisible();
  });

  it("names what a service made otherwise, and leads there", async () => {
    const service = { mode: "merging" as const, documents: 200, diverged: ["cd".repeat(16)], failed: [], unopened: 0 };
    program([syncedOf({ name: "office", service })]);
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Sync all" }));
    expect(await screen.findByText("The service arrived at something else than this laptop")).toBeVisible();
    expect(screen.getByRole("link", { name: "cdcdcdcd" })).toHaveAttribute("href", `/assets/${"cd".repeat(16)}`);
    expect(screen.getByRole("link", { name: "Go to verification" })).toHaveAttribute("href", "/trail?verify=true");
  });

  it("shows how far it is and can be cancelled", async () => {
    const job = jobOf({ kind: "sync", stage: "Receiving", done: 5, total: 9 });
    const fake = program([], {
      "POST /sync": job,
      "GET /jobs/{id}": () => new Promise((resolve) => fake.answer({ "DELETE /jobs/{id}": () => (resolve({ ...job, state: "cancelled" }), job) })),
    });
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Sync all" }));
    expect(await screen.findByText("5 of 9")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByText(/The sync was cancelled/)).toBeVisible();
  });
});

describe("adding a remote", () => {
  it("takes a folder by name and path, and syncs at once", async () => {
    const fake = program([syncedOf()], {
      "POST /remotes": { remote: stick, service: null, words: [], granted: false },
    });
    const { user } = await shown("/sync?add=true");
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(await dialog.findByLabelText(/What you call it/), "stick");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    expect(await dialog.findByText("Name the folder.")).toBeVisible();
    await user.type(dialog.getByLabelText(/^Folder/), "/media/usb/fieldbook");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    await user.click(await screen.findByRole("button", { name: "Sync now" }));
    expect(fake.asked("POST /remotes").at(-1)?.body).toEqual({ name: "stick", url: "/media/usb/fieldbook", sealed: false });
    expect(fake.asked("POST /sync").at(-1)?.body).toEqual({ remote: "stick" });
  });

  it.each([
    ["missing", /plug that in/, "Create this folder"],
    ["empty", /holds nothing of this record yet/, "Begin in this folder"],
  ] as const)("asks before it begins in a folder that is %s", async (code, why, button) => {
    const fake = program([], { "POST /remotes": new Refusal({ code, detail: "no" }) });
    const { user } = await shown("/sync?add=true");
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(await dialog.findByLabelText(/What you call it/), "stick");
    await user.type(dialog.getByLabelText(/^Folder/), "/media/usb/fieldbook");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    expect(await dialog.findByText(why)).toBeVisible();
    fake.answer({ "POST /remotes": { remote: stick, service: null, words: [], granted: false } });
    await user.click(dialog.getByRole("button", { name: button }));
    expect(await screen.findByRole("button", { name: "Sync now" })).toBeVisible();
    expect(fake.asked("POST /remotes").at(-1)?.body).toEqual({ name: "stick", url: "/media/usb/fieldbook", sealed: false, begin: true });
  });

  it("shows the words of a service, to be compared with its operator", async () => {
    const words = ["amber", "basin", "cedar", "delta", "ember", "flint", "grove", "haven"];
    const fake = program([], { "POST /remotes": { remote: office, service: "99".repeat(16), words, granted: true } });
    const { user } = await shown("/sync?add=true");
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByText("Sync service"));
    await user.type(await dialog.findByLabelText(/What you call it/), "office");
    await user.type(dialog.getByLabelText(/^Address/), "https://fieldbook.example");
    await user.type(dialog.getByLabelText(/^Invitation/), "secret");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    const list = await screen.findByRole("list", { name: "Words of the service" });
    expect(within(list).getAllByRole("listitem").map((item) => item.textContent)).toEqual(words);
    expect(screen.getByText(/was granted the workspace's keys/)).toBeVisible();
    const sent = { name: "office", url: "https://fieldbook.example", invitation: "secret", sealed: false };
    expect(fake.asked("POST /remotes").at(-1)?.body).toEqual(sent);
  });

  it("says why a service was not taken", async () => {
    program([], { "POST /remotes": new Refusal({ code: "service", detail: "Nothing answers there.", hint: "Check the address." }) });
    const { user } = await shown("/sync?add=true");
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(await dialog.findByLabelText(/What you call it/), "x");
    await user.type(dialog.getByLabelText(/^Folder/), "/x");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    expect(await dialog.findByText("Nothing answers there.")).toBeVisible();
  });
});

describe("removing a remote", () => {
  it("says before that a service's grant ends, and after what became of it", async () => {
    const removed = { name: "office", ended: true, told: false, reason: "it does not answer" };
    const fake = program([], { "DELETE /remotes/{name}": removed });
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Remove office" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/its grant ends: a new key is made/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Remove" }));
    expect(await screen.findByText(/could not be told: it does not answer/)).toBeVisible();
    expect(fake.asked("DELETE /remotes/{name}").map(({ path }) => path)).toEqual([{ name: "office" }]);
  });

  it("does nothing when the person keeps it", async () => {
    const fake = program([]);
    const { user } = await shown();
    await user.click(await screen.findByRole("button", { name: "Remove stick" }));
    await user.click(await screen.findByRole("button", { name: "Keep it" }));
    expect(fake.asked("DELETE /remotes/{name}")).toEqual([]);
  });
});
