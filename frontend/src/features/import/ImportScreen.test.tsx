import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Import, ImportReport, ImportRow, Job, Previewed } from "../../api";
import { native } from "../../native";
import { defer, definitions, fakeProgram, jobOf, Refusal, show, stateOf, type Answers } from "../../test";
import { ImportScreen } from "./ImportScreen";

const preview: Previewed = {
  columns: [
    { header: "Tag No.", name: "tag", label: "Tag", how: "alias", samples: ["rav-plc-001"] },
    { header: "Make", name: "vendor", label: "Vendor", how: "alias", samples: ["Siemens"] },
    { header: "Typ", name: "role", label: "Role", how: "alias", samples: ["SPS", "hmi"] },
    { header: "Inv", name: "custom.Inv", label: "Inv", how: "custom", samples: [] },
  ],
  header_row: 3,
  encoding: "cp1252",
  rows: 95,
  sample: [],
  missing: null,
  fields: definitions.entities.asset.map(({ name, label }) => ({ name, label })),
};

const row = (part: Partial<ImportRow>): ImportRow => ({ row: 1, id: null, result: "created", tag: null, message: null, changes: [], ...part });

function reportOf(dry_run: boolean): ImportReport {
  return {
    file: "list.csv",
    dry_run,
    id: dry_run ? null : "44".repeat(16),
    columns: [],
    rows: [
      row({ row: 4, tag: "rav-plc-001", result: "updated", changes: [{ field: "firmware", before: "V1", after: "V2" }] }),
      row({ row: 5, tag: "rav-plc-002" }),
      row({ row: 99, tag: "TOTAL", result: "refused", message: "this row adds up others and is no asset" }),
    ],
    totals: { rows: 3, created: 1, updated: 1, unchanged: 0, refused: 1 },
    encoding: "cp1252",
    header_row: 3,
    sites: ["RAV"],
  };
}

function program(more: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /kept": [],
    "PUT /kept": undefined,
    "DELETE /kept": undefined,
    "POST /uploads": { upload: "u1", name: "list.csv", bytes: 10 },
    "POST /import/preview": preview,
    "POST /import": ({ body }) => jobOf({ state: "done", result: reportOf((body as Import).dry_run) }),
    ...more,
  });
}

/** input finds what is labelled so, and not the list of choices that has the same label. */
const input = (label: string | RegExp) => screen.getByLabelText(label, { selector: "input" });
const listed = () => within(screen.getByRole("region", { name: "Rows of the list" }));
const column = (header: string) => input(`${header} goes to`);

async function choose() {
  const shown = await show(<ImportScreen />, { path: "/import" });
  await shown.user.click(await screen.findByRole("button", { name: "Choose a file…" }));
  await screen.findByRole("table", { name: "What each column means" });
  return shown;
}

async function check() {
  const shown = await choose();
  await shown.user.click(screen.getByRole("button", { name: "Check the list" }));
  await screen.findByText(/3 rows would give this/);
  return shown;
}

// A page of this size takes jsdom seconds.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.spyOn(native, "pickFile").mockResolvedValue({ name: "list.csv", file: new File(["Tag No.;Make"], "list.csv") });
  // Without a layout nothing is in sight, and only what is in sight is drawn.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
});

describe("choosing a list", () => {
  it("shows what each column was taken for and why", async () => {
    program();
    await choose();
    expect(screen.getByText("list.csv")).toBeVisible();
    expect(screen.getByText(/95 rows.*header in row 3.*read as cp1252/)).toBeVisible();
    await waitFor(() => expect(column("Make")).toHaveValue("Vendor"));
    expect(column("Inv")).toHaveValue("Keep under its own header");
    const make = screen.getByRole("row", { name: /Make/ });
    expect(within(make).getByText("Siemens")).toBeVisible();
    expect(within(make).getByText("a usual name for this field")).toBeVisible();
  });

  it("takes a file dropped on the page", async () => {
    const drop = vi.spyOn(native, "onFiles");
    program();
    await show(<ImportScreen />, { path: "/import" });
    await screen.findByRole("button", { name: "Choose a file…" });
    drop.mock.calls[0]?.[0]([{ name: "dropped.csv", file: new File(["x"], "dropped.csv") }]);
    expect(await screen.findByText("dropped.csv")).toBeVisible();
  });

  it("says what to do about a file that is no list", async () => {
    program({ "POST /import/preview": new Refusal({ code: "usage", detail: "this is no table", hint: "Save it as CSV or XLSX." }) });
    const { user } = await show(<ImportScreen />, { path: "/import" });
    await user.click(await screen.findByRole("button", { name: "Choose a file…" }));
    expect(await screen.findByText("this is no table")).toBeVisible();
    expect(screen.getByText("Save it as CSV or XLSX.")).toBeVisible();
  });

  it("is closed to an auditor", async () => {
    program({ "GET /state": stateOf({ me: { member_id: "1", member: "Max", role: "auditor", device: "2" } }) });
    await show(<ImportScreen />, { path: "/import" });
    expect(await screen.findByText(/An auditor reads and verifies/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Choose a file…" })).not.toBeInTheDocument();
  });
});

it("ends a check whose list nobody has before them any more", async () => {
  const job = jobOf({ stage: "Checking" });
  const fake = program({ "POST /import": job, "GET /jobs/{id}": () => new Promise(() => undefined), "DELETE /jobs/{id}": job });
  const { user, unmount } = await choose();
  await user.click(screen.getByRole("button", { name: "Check the list" }));
  await screen.findByText("Checking");
  unmount();
  await waitFor(() => expect(fake.asked("DELETE /jobs/{id}")).toHaveLength(1));
});

describe("saying what the list means", () => {
  it("asks anew when a column goes elsewhere", async () => {
    const fake = program();
    const { user } = await choose();
    await user.click(column("Make"));
    await user.click(await screen.findByRole("option", { name: "Leave out" }));
    const last = fake.asked("POST /import/preview").at(-1)?.body;
    expect(last).toEqual({ source: { upload: "u1" }, mapping: { columns: { Make: "-" }, values: {} } });
  });

  it("asks for the required fields that no column goes to, and sends them with words and columns", async () => {
    const fake = program();
    const { user } = await choose();
    await user.type(await screen.findByLabelText(/^Site/, { selector: "input" }), "RAV");
    await user.click(input(/^Criticality/));
    await user.click(await screen.findByRole("option", { name: "low" }));
    await user.click(input("Role “SPS” means"));
    await user.click(await screen.findByRole("option", { name: "PLC" }));
    await user.click(screen.getByRole("button", { name: "Check the list" }));
    await screen.findByText(/3 rows would give this/);
    expect(fake.asked("POST /import").at(-1)?.body).toEqual({
      source: { upload: "u1" },
      mapping: { columns: {}, values: { role: { SPS: "plc" } } },
      set: { site: "RAV", criticality: "low" },
      reason: "",
      dry_run: true,
    });
  });

  it("does not check a list that has no tag", async () => {
    program({ "POST /import/preview": { ...preview, missing: "No column is the tag: choose one." } });
    await choose();
    expect(screen.getByText("No column is the tag: choose one.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Check the list" })).toBeDisabled();
  });

  it("takes up a kept assignment and says what of it does not fit", async () => {
    const value = { columns: { Inv: "-", Baujahr: "manufactured" }, values: {}, set: { site: "RAV" } };
    program({ "GET /kept": [{ key: "mapping/SAP", value, at: "2026-11-23T04:00:00Z" }] });
    const { user } = await choose();
    await user.click(screen.getByRole("button", { name: "Use a kept assignment" }));
    await user.click(await screen.findByRole("menuitem", { name: "SAP" }));
    expect(await screen.findByLabelText(/^Site/, { selector: "input" })).toHaveValue("RAV");
    expect(screen.getByText(/columns that this list does not have.*Baujahr/)).toBeVisible();
  });
});

describe("the difference before it is written", () => {
  it("shows refused rows first, with why, and others by result and search", async () => {
    program();
    const { user } = await check();
    expect(await listed().findByText("this row adds up others and is no asset")).toBeVisible();
    expect(listed().queryByText("rav-plc-001")).not.toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: "Changed 1" }));
    const change = await listed().findByRole("row", { name: /rav-plc-001/ });
    expect(change).toHaveTextContent("Firmware: V1 V2");
    await user.click(screen.getByRole("radio", { name: "All 3" }));
    await user.type(screen.getByRole("searchbox"), "002");
    expect(await listed().findByText("rav-plc-002")).toBeVisible();
    expect(listed().queryByText("TOTAL")).not.toBeInTheDocument();
  });

  it("is written for a reason only", async () => {
    const fake = program();
    const { user } = await check();
    await user.click(screen.getByRole("button", { name: "Import 2 rows" }));
    expect(screen.getByText("Say why, for the trail.")).toBeVisible();
    expect(fake.asked("POST /import")).toHaveLength(1);
  });

  it("becomes the record", async () => {
    const fake = program();
    const { user } = await check();
    await user.type(input(/Why do you import/), "rev 14");
    await user.click(screen.getByRole("button", { name: "Import 2 rows" }));
    expect(await screen.findByText("The list is in the record")).toBeVisible();
    expect(fake.asked("POST /import").at(-1)?.body).toMatchObject({ reason: "rev 14", dry_run: false });
    expect(screen.getByText("1 new, 1 changed, 0 as they were, 1 refused.")).toBeVisible();
    expect(screen.getByRole("link", { name: "See the assets" })).toHaveAttribute("href", "/assets");
  });

  it("gives the rows that were refused, to be mended and imported again", async () => {
    const save = vi.spyOn(native, "save").mockResolvedValue(true);
    const destination = vi.spyOn(native, "destination").mockResolvedValue("");
    const made = { name: "list-refused.csv", path: null, download: "d1", bytes: 9, rows: 1 };
    const fake = program({ "POST /jobs/{id}/refused": jobOf({ state: "done", result: made }), "GET /downloads/{id}": "TOTAL;95" });
    const { user } = await check();
    await user.click(screen.getByRole("button", { name: "Save the refused rows" }));
    await waitFor(() => expect(save.mock.calls[0]?.[0]).toBe("list-refused.csv"));
    expect(new TextDecoder().decode(save.mock.calls[0]?.[1])).toContain("TOTAL;95");
    expect(fake.asked("POST /jobs/{id}/refused")[0]?.path["id"]).toBe(jobOf({}).id);
    expect(destination).toHaveBeenCalledWith("list-refused.csv");
  });

  it("can be cancelled while it is written, and says that nothing was", async () => {
    const job = jobOf({ stage: "Writing", done: 1, total: 3 });
    const fake = program({
      "POST /import": ({ body }) => ((body as Import).dry_run ? jobOf({ state: "done", result: reportOf(true) }) : job),
      "GET /jobs/{id}": () => new Promise((resolve) => fake.answer({ "DELETE /jobs/{id}": () => (resolve({ ...job, state: "cancelled" }), job) })),
    });
    const { user } = await check();
    await user.type(input(/Why do you import/), "rev 14");
    await user.click(screen.getByRole("button", { name: "Import 2 rows" }));
    expect(await screen.findByText("1 of 3")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByText(/Nothing was written/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Import 2 rows" })).toBeEnabled();
  });
});

it("writes what was checked, whatever is said about the columns meanwhile", async () => {
  const checking = defer<Job>();
  const fake = program({
    "POST /import": ({ body }) => ((body as Import).dry_run ? jobOf({ stage: "Checking" }) : jobOf({ state: "done", result: reportOf(false) })),
    "GET /jobs/{id}": () => checking.promise,
  });
  const { user } = await choose();
  await user.click(screen.getByRole("button", { name: "Check the list" }));
  await screen.findByText("Checking");
  await user.click(column("Make"));
  await user.click(await screen.findByRole("option", { name: "Leave out" }));
  checking.resolve(jobOf({ state: "done", revision: 2, result: reportOf(true) }));
  await screen.findByText(/3 rows would give this/);
  await user.type(input(/Why do you import/), "list");
  await user.click(screen.getByRole("button", { name: "Import 2 rows" }));
  await waitFor(() => expect(fake.asked("POST /import")).toHaveLength(2));
  const [looked, written] = fake.asked("POST /import").map(({ body }) => (body as Import).mapping);
  expect(written).toEqual(looked);
});
