import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Asset, Conflict, Finding, Written } from "../../api";
import { definitions, fakeProgram, me, Refusal, show, sized, stateOf, type Answers } from "../../test";
import { Findings } from "./Findings";

const conflict: Conflict = {
  id: "c1".repeat(32),
  entity: "asset",
  stream: "a4".repeat(16),
  tag: "RAV-PLC-004",
  field: "firmware",
  current: "V3.2.17",
  values: [
    { value: "V3.2.17", display: "V3.2.17", member: "Ada Okafor", device: "9069952a".repeat(8), recorded_at: "2026-11-23T05:15:25Z", reason: "CR-0042 step 3" },
    { value: "V3.2.19", display: "V3.2.19", member: "Jo Hargreaves", device: "574c7005".repeat(8), recorded_at: "2026-11-23T05:15:27Z", reason: "vendor visit" },
  ],
};
const seen = conflict.values.map(({ value }) => value);
const serial: Finding = {
  id: "d1".repeat(32),
  kind: "duplicate_serial",
  sentence: "Two assets have one serial number.",
  subjects: [
    { kind: "asset", id: "a7".repeat(16), label: "RAV/RAV-PLC-007" },
    { kind: "asset", id: "a1".repeat(16), label: "RAV/RAV-PLC-001" },
  ],
  more: 3,
  tags: ["RAV/RAV-PLC-007", "RAV/RAV-PLC-001"],
  detail: "the serial number SCX4 is that of both",
  settled: false,
  reason: null,
};
const settled: Finding = { ...serial, id: "d2".repeat(32), settled: true, reason: "moved last week" };
const written: Written = { id: "x", tag: null, events: 1, changes: [] };

function asset(id: string, tag: string, fields: Record<string, string>): Asset {
  return { id, tag, site: "RAV", heads: [], lifecycle: "", void: null, merged_into: null, unverified: false, fields, custom: {}, conflicts: [], units: [], interfaces: [], notes: [], aliases: [] };
}

function program(more: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /kept": [],
    "PUT /kept": undefined,
    "DELETE /kept": undefined,
    "GET /conflicts": [conflict],
    "GET /findings": ({ query }) =>
      query.get("settled") === "true"
        ? { kinds: [{ kind: "duplicate_serial", count: 1 }], items: [settled] }
        : {
            kinds: [
              { kind: "concurrent_values", count: 1 },
              { kind: "duplicate_serial", count: 1 },
            ],
            items: [serial],
          },
    "GET /assets/{ref}": ({ path }) =>
      path.ref === serial.subjects[0]?.id
        ? asset("a7".repeat(16), "RAV-PLC-007", { vendor: "Siemens", firmware: "V3.0.3" })
        : asset(path.ref ?? "", "RAV-PLC-001", { vendor: "Siemens", firmware: "V2.8" }),
    ...more,
  });
}

beforeEach(() => sized());

describe("a field with several values", () => {
  it("shows each with author, device, time and reason, and says which stands", async () => {
    program();
    await show(<Findings />);
    expect(await screen.findByRole("heading", { name: "Firmware of RAV-PLC-004" })).toBeVisible();
    const choices = await screen.findByRole("radiogroup", { name: "Which value is right?" });
    expect(within(choices).getByRole("radio", { name: "V3.2.17" })).toBeVisible();
    expect(within(choices).getByText("Jo Hargreaves on device 574c7005")).toBeVisible();
    expect(within(choices).getByText("Reason: vendor visit")).toBeVisible();
    expect(within(choices).getByText("2026-11-23 05:15:27 UTC")).toBeVisible();
    expect(within(choices).getAllByText("stands now")).toHaveLength(1);
  });

  it("is decided for one of them, with a reason", async () => {
    const { asked, answer } = program();
    const { user, client } = await show(<Findings />);
    await user.click(await screen.findByRole("radio", { name: "V3.2.19" }));
    await user.type(screen.getByRole("combobox", { name: /Reason/ }), "read on the display");
    answer({ "POST /conflicts/{id}/resolve": written, "GET /conflicts": [] });
    await user.click(screen.getByRole("button", { name: "Decide" }));
    await waitFor(() => expect(asked("POST /conflicts/{id}/resolve")[0]?.body).toEqual({ keep: "V3.2.19", seen, reason: "read on the display" }));
    expect(await screen.findByText(/The decision is an entry of its own/)).toBeVisible();
    await client.invalidateQueries({ queryKey: ["record"] });
    expect(await screen.findByRole("heading", { name: "RAV/RAV-PLC-007, RAV/RAV-PLC-001 and 3 more" })).toBeVisible();
    expect(screen.getByRole("listbox", { name: "Findings" })).toHaveFocus();
  });

  it("keeps to the value chosen when a sync brings another before it", async () => {
    const { asked, answer } = program();
    const { user, client } = await show(<Findings />);
    await user.click(await screen.findByRole("radio", { name: "V3.2.19" }));
    const third = { value: "V3.2.20", display: "V3.2.20", member: "Mo Diallo", device: "77".repeat(32), recorded_at: null, reason: null };
    answer({ "GET /conflicts": [{ ...conflict, values: [third, ...conflict.values] }], "POST /conflicts/{id}/resolve": written });
    await client.invalidateQueries({ queryKey: ["record"] });
    expect(await screen.findByRole("radio", { name: "V3.2.20" })).not.toBeChecked();
    expect(screen.getByRole("radio", { name: "V3.2.19" })).toBeChecked();
    await user.type(screen.getByRole("combobox", { name: /Reason/ }), "read on the display");
    await user.click(screen.getByRole("button", { name: "Decide" }));
    await waitFor(() => expect(asked("POST /conflicts/{id}/resolve")[0]?.body).toEqual({ keep: "V3.2.19", seen: ["V3.2.20", ...seen], reason: "read on the display" }));
  });

  it("is not decided without a choice and a reason", async () => {
    const { asked } = program();
    const { user } = await show(<Findings />);
    await user.click(await screen.findByRole("button", { name: "Decide" }));
    expect(screen.getByText("Choose one of the values.")).toBeVisible();
    expect(screen.getByText(/Give a reason/)).toBeVisible();
    expect(asked("POST /conflicts/{id}/resolve")).toHaveLength(0);
  });

  it("takes another value, and puts what a rule says about it at its input", async () => {
    const { asked } = program({
      "POST /conflicts/{id}/resolve": new Refusal({ code: "refused", detail: "too long", errors: [{ field: "firmware", message: "at most 64 characters" }] }),
    });
    const { user } = await show(<Findings />);
    await user.click(await screen.findByRole("radio", { name: "Another value" }));
    await user.type(screen.getByRole("textbox", { name: /Firmware/ }), "V4");
    await user.type(screen.getByRole("combobox", { name: /Reason/ }), "read on the display");
    await user.click(screen.getByRole("button", { name: "Decide" }));
    expect(await screen.findByText("at most 64 characters")).toBeVisible();
    expect(asked("POST /conflicts/{id}/resolve")[0]?.body).toEqual({ keep: "V4", seen, reason: "read on the display" });
  });

  it("brings back what was being decided before the window was locked", async () => {
    program({ "GET /kept": ({ query }) => (query.get("prefix")?.startsWith("draft/") ? [{ key: `draft/findings/${conflict.id}`, value: { keep: `${conflict.values[1]?.device} V3.2.19`, other: "", reason: "half a rea" }, at: "2026-11-23T05:20:00Z" }] : []) });
    await show(<Findings />);
    expect(await screen.findByDisplayValue("half a rea")).toBeVisible();
    expect(screen.getByRole("radio", { name: "V3.2.19" })).toBeChecked();
  });

  it("is shown and not decided by an auditor", async () => {
    program({ "GET /state": stateOf({ me: { ...me, role: "auditor" } }) });
    await show(<Findings />);
    expect(await screen.findByText(/An auditor reads and decides nothing/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Decide" })).not.toBeInTheDocument();
  });
});

describe("another finding", () => {
  const path = `/findings?finding=${serial.id}`;

  it("shows its assets side by side and marks what differs", async () => {
    program();
    await show(<Findings />, { path });
    const row = await screen.findByRole("row", { name: /Firmware differs V3.0.3 V2.8/ });
    expect(row).toBeVisible();
    expect(screen.getByRole("row", { name: "Vendor Siemens Siemens" })).toBeVisible();
    expect(screen.getByText("and 3 more, which the list of assets shows with this value as filter")).toBeVisible();
    expect(screen.getByText(/Is it one device registered twice/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Open RAV/RAV-PLC-001" })).toHaveAttribute("href", expect.stringContaining(`/assets/${"a1".repeat(16)}`));
  });

  it("merges two entries of one device, the person saying which stays and why", async () => {
    const { asked } = program({ "POST /assets/{ref}/merge": written });
    const { user } = await show(<Findings />, { path });
    await user.click(await screen.findByRole("button", { name: /keep RAV\/RAV-PLC-001/ }));
    const dialog = await screen.findByRole("dialog", { name: "Merge into RAV/RAV-PLC-001?" });
    await user.type(within(dialog).getByRole("combobox", { name: /Reason/ }), "one label");
    await user.click(within(dialog).getByRole("button", { name: "Merge" }));
    await waitFor(() => expect(asked("POST /assets/{ref}/merge")).toHaveLength(1));
    expect(asked("POST /assets/{ref}/merge")[0]).toMatchObject({ path: { ref: "a7".repeat(16) }, body: { into: "a1".repeat(16), reason: "one label" } });
  });

  it("is settled with a reason only", async () => {
    const { asked } = program({ "POST /findings/{id}/settle": written });
    const { user } = await show(<Findings />, { path });
    const button = await screen.findByRole("button", { name: "Settle" });
    await user.click(button);
    expect(screen.getByText(/Give a reason/)).toBeVisible();
    await user.type(screen.getByRole("combobox", { name: /Reason/ }), "both were seen");
    await user.click(button);
    await waitFor(() => expect(asked("POST /findings/{id}/settle")[0]).toMatchObject({ path: { id: serial.id }, body: { reason: "both were seen" } }));
  });

  it("stays in view among the settled ones, with its reason", async () => {
    program();
    const { user } = await show(<Findings />);
    await user.click(await screen.findByRole("radio", { name: "Settled" }));
    expect(await screen.findByText("Settled, because: moved last week")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Settle" })).not.toBeInTheDocument();
  });
});

describe("the finding that is open", () => {
  const gone = "This is no longer in the list";

  it("is said to be gone when a link names one that is", async () => {
    program();
    await show(<Findings />, { path: `/findings?finding=${"e7".repeat(32)}` });
    expect(await screen.findByText(gone)).toBeVisible();
    expect(screen.queryByRole("heading", { name: /Firmware of/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("option", { selected: true })).not.toBeInTheDocument();
  });

  it("gives its place to no other when a sync settles it or brings one before it", async () => {
    const { answer } = program();
    const { client } = await show(<Findings />);
    expect(await screen.findByRole("heading", { name: "Firmware of RAV-PLC-004" })).toBeVisible();
    answer({ "GET /conflicts": [{ ...conflict, id: "c0".repeat(32), field: "vendor" }, conflict] });
    await client.invalidateQueries({ queryKey: ["record"] });
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(3));
    expect(screen.getByRole("heading", { name: "Firmware of RAV-PLC-004" })).toBeVisible();
    answer({ "GET /conflicts": [] });
    await client.invalidateQueries({ queryKey: ["record"] });
    expect(await screen.findByText(gone)).toBeVisible();
  });

  it("is the next one when a person has decided the last of the list", async () => {
    const { answer } = program({ "POST /findings/{id}/settle": written });
    const { user, client, address } = await show(<Findings />, { path: `/findings?finding=${serial.id}` });
    await user.type(await screen.findByRole("combobox", { name: /Reason/ }), "both were seen");
    answer({ "GET /findings": { kinds: [{ kind: "concurrent_values", count: 1 }], items: [] } });
    await user.click(screen.getByRole("button", { name: "Settle" }));
    await client.invalidateQueries({ queryKey: ["record"] });
    expect(await screen.findByRole("heading", { name: "Firmware of RAV-PLC-004" })).toBeVisible();
    expect(address()).toBe(`/findings?finding=${conflict.id}`);
  });
});

describe("the list", () => {
  it("is one stop of the Tab key, and the arrows choose", async () => {
    program();
    const { user, address } = await show(<Findings />, { path: "/findings" });
    const list = await screen.findByRole("listbox", { name: "Findings" });
    list.focus();
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(address()).toBe(`/findings?finding=${serial.id}`));
    expect(screen.getByRole("option", { selected: true })).toHaveTextContent("RAV/RAV-PLC-007, RAV/RAV-PLC-001");
    expect(list).toHaveFocus();
  });

  it("is narrowed by words, and says so when nothing fits", async () => {
    program();
    const { user } = await show(<Findings />);
    await user.type(await screen.findByRole("textbox", { name: "Search findings" }), "nobody");
    expect(await screen.findByText("No finding fits the filter")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show all" }));
    expect(await screen.findByRole("listbox", { name: "Findings" })).toBeVisible();
  });

  it("says how many there are when not all are listed, and asks for those of a kind", async () => {
    const { asked } = program({ "GET /findings": { kinds: [{ kind: "concurrent_values", count: 1 }, { kind: "duplicate_serial", count: 4000 }], items: [serial] } });
    const { user } = await show(<Findings />);
    expect(await screen.findByText(/^The first 2 of 4,001 are listed\./)).toBeVisible();
    await user.click(screen.getByRole("combobox", { name: "Kind" }));
    await user.click(await screen.findByRole("option", { name: /\(4,000\)/ }));
    await waitFor(() => expect(asked("GET /findings").at(-1)?.query.get("kind")).toBe("duplicate_serial"));
    expect(await screen.findByText(/^The first of 4,000 is listed\./)).toBeVisible();
  });

  it("says what it is for when there is nothing to look at", async () => {
    program({ "GET /conflicts": [], "GET /findings": { kinds: [], items: [] } });
    await show(<Findings />);
    expect(await screen.findByText("Nothing to look at")).toBeVisible();
  });
});
