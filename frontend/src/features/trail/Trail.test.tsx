import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TrailRow, Written } from "../../api";
import { definitions, fakeProgram, jobOf, me, Refusal, rowOf, show, sized, stateOf, type Answers } from "../../test";
import { Trail } from "./Trail";

const jo = { member: "Jo Hargreaves", member_id: "jo", device: "574c7005".repeat(8) };
const written: Written = { id: "x", tag: null, events: 1, changes: [] };

function program(rows: TrailRow[], more: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /kept": [],
    "PUT /kept": undefined,
    "GET /members": [{ id: "jo", name: "Jo Hargreaves", role: "engineer" }],
    "GET /devices": [],
    "GET /assets": { total: 0, items: [] },
    "GET /trail": { items: rows, next: null },
    ...more,
  });
}

beforeEach(() => sized());

describe("the timeline", () => {
  it("tells each entry with who, on which device, when, what became of what, and why", async () => {
    program([rowOf({ ...jo, after: "V3.2.19", reason: "vendor visit", received_at: "2026-11-23T06:00:00Z" })]);
    await show(<Trail />, { path: "/trail" });
    const feed = await screen.findByRole("feed", { name: "Entries, newest first" });
    const entry = within(feed).getByRole("article", { name: "Asset edited RAV-PLC-004" });
    expect(entry).toHaveTextContent("Jo Hargreaves");
    expect(entry).toHaveTextContent("on device 574c7005");
    expect(within(entry).getByText("V3.2.16").closest("del")).not.toBeNull();
    expect(within(entry).getByText("V3.2.19").closest("ins")).not.toBeNull();
    expect(entry).toHaveTextContent("Reason: vendor visit");
    expect(entry).toHaveTextContent(/2026-11-23 05:15:25 UTC/);
    expect(entry).toHaveTextContent(/received .*2026-11-23 06:00:00 UTC/);
  });

  it("says what does not count, and why", async () => {
    program([rowOf({ state: "masked" })]);
    await show(<Trail />, { path: "/trail" });
    expect(await screen.findByText("without the right")).toBeVisible();
    expect(screen.getByText(/It counts nowhere/)).toBeVisible();
  });

  it("shows an import as one line, with its reason once, and leads to its entries", async () => {
    const act = { source: "import" as const, source_name: "assets.csv", reason: "asset list rev 14", type: "asset.imported", before: null };
    const rows = Array.from({ length: 5 }, (_, at) => rowOf({ ...act, seq: 50 - at, hash: `h${at}`, tag: `RAV-PLC-10${at}` }));
    const folded = rows.slice(0, 1).map((row) => ({ ...row, act: { entries: 5, types: ["asset.imported"] } }));
    const { asked } = program([], { "GET /trail": ({ query }) => ({ items: query.get("fold") === "true" ? folded : rows, next: null }) });
    const { user } = await show(<Trail />, { path: "/trail" });
    expect(await screen.findByRole("article", { name: "5 entries: Asset imported" })).toHaveTextContent("import: assets.csv");
    await user.click(screen.getByRole("button", { name: "Show its 5 entries" }));
    expect(await screen.findByRole("article", { name: "Asset imported RAV-PLC-103" })).toBeVisible();
    expect(screen.getAllByText("Reason: asset list rev 14")).toHaveLength(1);
    const { recorded_at: at, device } = rowOf();
    expect(Object.fromEntries(asked("GET /trail").at(-1)?.query ?? [])).toMatchObject({ fold: "false", device, since: at, until: at });
    await user.click(screen.getByRole("button", { name: "Show all" }));
    expect(await screen.findByRole("article", { name: "5 entries: Asset imported" })).toBeVisible();
  });

  it("loads older entries as its end comes into sight", async () => {
    const { asked } = program([], {
      "GET /trail": ({ query }) => (query.get("cursor") === null ? { items: [rowOf()], next: "older" } : { items: [rowOf({ tag: "RAV-PLC-001" })], next: null }),
    });
    await show(<Trail />, { path: "/trail" });
    expect(await screen.findByRole("article", { name: "Asset edited RAV-PLC-001" })).toBeVisible();
    expect(asked("GET /trail").map(({ query }) => query.get("cursor"))).toEqual([null, "older"]);
    expect(screen.getByText("This is the first entry.")).toBeVisible();
  });

  it("is walked from entry to entry by the arrow keys", async () => {
    program([rowOf(), rowOf({ tag: "RAV-PLC-001" })]);
    const { user } = await show(<Trail />, { path: "/trail" });
    const [first, second] = await screen.findAllByRole("article");
    first?.focus();
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(second).toHaveFocus());
    await user.keyboard("{Home}");
    await waitFor(() => expect(first).toHaveFocus());
  });

  it("is filtered by what the address says, and by what is chosen", async () => {
    const { asked } = program([rowOf()]);
    const { user, address } = await show(<Trail />, { path: "/trail?field=firmware" });
    await user.click(await screen.findByRole("combobox", { name: "Person" }));
    await user.click(await screen.findByRole("option", { name: "Jo Hargreaves" }));
    await waitFor(() => expect(address()).toBe("/trail?field=firmware&member=jo"));
    await waitFor(() => expect(Object.fromEntries(asked("GET /trail").at(-1)?.query ?? [])).toMatchObject({ field: "firmware", member: "jo", order: "desc" }));
    await user.click(screen.getByRole("button", { name: "Show all" }));
    await waitFor(() => expect(address()).toBe("/trail"));
  });

  it("says when nothing fits and when there is nothing yet", async () => {
    program([]);
    const { unmount } = await show(<Trail />, { path: "/trail?member=jo" });
    expect(await screen.findByText("No entry fits the filter")).toBeVisible();
    unmount();
    await show(<Trail />, { path: "/trail" });
    expect(await screen.findByText("There is no entry yet")).toBeVisible();
  });

  it("says what went wrong and tries again", async () => {
    const { answer } = program([], { "GET /trail": new Refusal({ code: "internal", detail: "The disk cannot be read.", status: 500 }) });
    const { user } = await show(<Trail />, { path: "/trail" });
    expect(await screen.findByText("The disk cannot be read.")).toBeVisible();
    answer({ "GET /trail": { items: [rowOf()], next: null } });
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("article")).toBeVisible();
  });
});

describe("an entry", () => {
  const menu = () => screen.findByRole("button", { name: "Actions for this entry" });

  it("is undone by a new entry with a reason of its own", async () => {
    const row = rowOf({ undoable: true });
    const { asked } = program([row], { "POST /undo": written });
    const { user } = await show(<Trail />, { path: "/trail" });
    await user.click(await menu());
    await user.click(await screen.findByRole("menuitem", { name: "Undo…" }));
    const dialog = await screen.findByRole("dialog", { name: "Undo this entry?" });
    expect(dialog).toHaveTextContent("Firmware: V3.2.17 goes back to V3.2.16");
    await user.type(within(dialog).getByRole("combobox", { name: /Reason/ }), "wrong asset");
    await user.click(within(dialog).getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(asked("POST /undo")[0]?.body).toEqual({ device: row.device, epoch: row.epoch, seq: row.seq, reason: "wrong asset" }));
  });

  it("keeps the reason why an undo is refused in sight", async () => {
    program([rowOf({ undoable: true })], { "POST /undo": new Refusal({ code: "refused", detail: "Firmware was changed since, by Jo Hargreaves." }) });
    const { user } = await show(<Trail />, { path: "/trail" });
    await user.click(await menu());
    await user.click(await screen.findByRole("menuitem", { name: "Undo…" }));
    await user.type(await screen.findByRole("combobox", { name: /Reason/ }), "wrong asset");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Firmware was changed since, by Jo Hargreaves.")).toBeVisible();
  });

  it("that registered an asset by mistake is struck, and stays", async () => {
    const { asked } = program([rowOf({ type: "asset.registered", before: null })], { "POST /assets/{ref}/void": written });
    const { user } = await show(<Trail />, { path: "/trail" });
    await user.click(await menu());
    expect(screen.queryByRole("menuitem", { name: "Undo…" })).not.toBeInTheDocument();
    await user.click(await screen.findByRole("menuitem", { name: /Strike the asset/ }));
    const dialog = await screen.findByRole("dialog", { name: "Strike RAV-PLC-004?" });
    expect(dialog).toHaveTextContent("Nothing is erased");
    await user.type(within(dialog).getByRole("combobox", { name: /Reason/ }), "typed twice");
    await user.click(within(dialog).getByRole("button", { name: "Strike" }));
    await waitFor(() => expect(asked("POST /assets/{ref}/void")[0]).toMatchObject({ path: { ref: "44".repeat(16) }, body: { reason: "typed twice" } }));
  });

  it("can be neither undone nor struck by an auditor, but looked up", async () => {
    program([rowOf({ undoable: true, type: "asset.registered" })], { "GET /state": stateOf({ me: { ...me, role: "auditor" } }) });
    const { user } = await show(<Trail />, { path: "/trail" });
    await user.click(await menu());
    await user.click(await screen.findByRole("menuitem", { name: "Proof of this entry" }));
    expect(screen.queryByRole("menuitem", { name: /Undo|Strike/ })).not.toBeInTheDocument();
    const dialog = await screen.findByRole("dialog", { name: "Proof of this entry" });
    expect(within(dialog).getByRole("row", { name: /Recorded 2026-11-23 05:15:25 UTC/ })).toBeVisible();
  });
});

describe("taking the trail out", () => {
  it("exports what the filter shows and hands over the file", async () => {
    URL.createObjectURL = vi.fn(() => "blob:x");
    URL.revokeObjectURL = vi.fn();
    const { asked } = program([rowOf()], {
      "POST /export": jobOf({ kind: "export", state: "done", result: { bytes: 10, download: "d1", name: "audit-trail.csv", path: null, rows: 1 } }),
      "GET /downloads/{id}": "file" as never,
    });
    const { user } = await show(<Trail />, { path: "/trail?field=firmware" });
    await user.click(await screen.findByRole("button", { name: "Export" }));
    await user.click(await screen.findByRole("menuitem", { name: "CSV, for programs" }));
    expect(await screen.findByText("1 row exported.")).toBeVisible();
    expect(asked("POST /export")[0]?.body).toEqual({ kind: "trail", format: "csv", trail: { field: "firmware" } });
    expect(asked("GET /downloads/{id}")[0]?.path).toEqual({ id: "d1" });
  });

  it("prints all rows of the filter with UTC, whose record it is, and by whom", async () => {
    const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
    program([], {
      "GET /trail": ({ query }) => (query.get("cursor") === null ? { items: [rowOf({ received_at: "2026-11-23T06:00:00Z" })], next: "older" } : { items: [rowOf({ tag: "RAV-PLC-001" })], next: null }),
    });
    const { user } = await show(<Trail />, { path: "/trail?member=jo&field=firmware" });
    await user.click(await screen.findByRole("button", { name: "Print" }));
    await waitFor(() => expect(print).toHaveBeenCalledOnce());
    expect(screen.getByText(/Ravensmere · printed .* UTC by Ada Okafor/)).toBeInTheDocument();
    const paper = screen.getByText(/Only: person Ada Okafor; field Firmware/).closest("section") ?? document.body;
    expect(within(paper).getAllByRole("row", { hidden: true })).toHaveLength(3);
    expect(within(paper).getByRole("row", { name: /2026-11-23 05:15:25 2026-11-23 06:00:00 Ada Okafor, 22222222 Asset edited, RAV-PLC-004, Firmware/, hidden: true })).toBeInTheDocument();
  });
});
