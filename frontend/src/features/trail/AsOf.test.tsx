import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { AssetRow } from "../../api";
import { definitions, fakeProgram, rowOf, show, stateOf, type Answers } from "../../test";
import { Trail } from "./Trail";

const first = "2026-11-01T00:00:00.000Z";
const last = "2026-11-23T00:00:00.000Z";
const then = "2026-11-10T00:00:00.000Z";
const path = `/trail?as_of=${encodeURIComponent(then)}`;

const asset = (tag: string, values: Record<string, string>): AssetRow => ({
  id: `id-${tag}`, tag, site: "RAV", lifecycle: "in_service", values, concurrent: [], unverified: false, void: null, merged_into: null,
});

function program(more: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /kept": [],
    "GET /trail/span": { first, last, events: 40, buckets: [{ at: first, count: 30 }, { at: then, count: 10 }] },
    "GET /assets": ({ query }) =>
      query.get("as_of") === null
        ? { total: 2, items: [asset("RAV-PLC-001", { firmware: "V3.2.19" }), asset("RAV-PLC-002", { firmware: "V2.8" })] }
        : { total: 2, items: [asset("RAV-PLC-001", { firmware: "V3.2.16" }), asset("RAV-PLC-002", { firmware: "V2.8" })] },
    ...more,
  });
}

it("shows the plant as it stood then, marks what differs from now, and says that it is read-only", async () => {
  const { asked } = program();
  await show(<Trail />, { path });
  const row = await screen.findByRole("row", { name: /RAV-PLC-001 changed.*V3.2.16.*now V3.2.19/ });
  expect(row).toBeVisible();
  expect(screen.getByRole("row", { name: /RAV-PLC-002 as now.*V2.8/ })).toBeVisible();
  expect(screen.getByText(/1 asset on this page differs from now/)).toBeVisible();
  expect(screen.getByText(/Nothing can be changed here/)).toBeVisible();
  expect(asked("GET /assets")[0]?.query.get("as_of")).toBe(then);
});

it("reads by itself an asset that today's list no longer has", async () => {
  program({
    "GET /assets": ({ query }) => (query.get("as_of") === null ? { total: 0, items: [] } : { total: 1, items: [asset("RAV-PLC-009", {})] }),
    "GET /assets/{ref}": {
      id: "id-RAV-PLC-009", tag: "RAV-PLC-009", site: "RAV", heads: [], lifecycle: "", void: "typed twice", merged_into: null, unverified: false,
      fields: {}, custom: {}, conflicts: [], units: [], interfaces: [], notes: [], aliases: [],
    },
  });
  await show(<Trail />, { path });
  expect(await screen.findByRole("row", { name: /RAV-PLC-009 no longer listed/ })).toBeVisible();
});

it("is moved by the keyboard, and says the time it is moved to", async () => {
  program();
  const { user, address } = await show(<Trail />, { path });
  const slider = await screen.findByRole("slider", { name: "Time" });
  const before = slider.getAttribute("aria-valuetext");
  slider.focus();
  await user.keyboard("{ArrowLeft}");
  await waitFor(() => expect(address()).not.toContain(encodeURIComponent(then)));
  expect(slider.getAttribute("aria-valuetext")).not.toBe(before);
  await user.keyboard("{End}");
  await waitFor(() => expect(address()).toContain(encodeURIComponent(last)));
});

it("steps from entry to entry", async () => {
  const { asked } = program({ "GET /trail": { items: [rowOf({ recorded_at: "2026-11-09T12:00:00Z" })], next: null } });
  const { user, address } = await show(<Trail />, { path });
  await user.click(await screen.findByRole("button", { name: "One entry earlier" }));
  await waitFor(() => expect(address()).toContain("2026-11-09T12"));
  expect(Object.fromEntries(asked("GET /trail")[0]?.query ?? [])).toEqual({ until: "2026-11-09T23:59:59.999Z", order: "desc", limit: "1" });
});

it("tells the picture behind the slider in words, and leads to the entries since", async () => {
  program();
  await show(<Trail />, { path });
  expect(await screen.findByRole("img", { name: /How the entries spread between .*; busiest: 30 entries/ })).toBeVisible();
  expect(await screen.findByRole("link", { name: "Entries since then" })).toHaveAttribute("href", expect.stringContaining("since="));
});

it("shows only what differs when asked", async () => {
  program();
  const { user } = await show(<Trail />, { path });
  const table = await screen.findByRole("table");
  await user.click(screen.getByRole("checkbox", { name: "Only what differs from now" }));
  await waitFor(() => expect(within(table).queryByText(/RAV-PLC-002/)).not.toBeInTheDocument());
  expect(within(table).getByText(/RAV-PLC-001/)).toBeVisible();
});
