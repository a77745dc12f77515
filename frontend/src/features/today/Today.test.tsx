import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Remote } from "../../api";
import { definitions, fakeProgram, jobOf, rowOf, show, stateOf, statusOf, type Answers } from "../../test";
import { Today } from "./Today";

const stick: Remote = { name: "stick", url: "/media/usb", second: null, mode: "folder", last_sync: "2026-11-23T05:00:00Z", unsent: 2, unchecked: null, refused: [] };
const jo = { member: "Jo Hargreaves", member_id: "jo", device: "55".repeat(32) };

function program(more: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /status": statusOf({ unsent: 2, remotes: [stick] }),
    "GET /findings": {
      kinds: [
        { kind: "concurrent_values", count: 2 },
        { kind: "duplicate_serial", count: 1 },
      ],
      items: [],
    },
    "GET /kept": [],
    "GET /news": { position: 220, total: 2, items: [rowOf({ ...jo, after: "V3.2.19", reason: "vendor visit" }), rowOf({ ...jo, field: "location.room", before: null, after: "MCC room 2" })] },
    "GET /trail/span": { first: null, last: null, events: 0, buckets: [{ at: new Date().toISOString(), count: 12 }] },
    "PUT /kept": undefined,
    ...more,
  });
}

it("says how many entries have not left this laptop, and to which remote they would go", async () => {
  program();
  await show(<Today />);
  expect(await screen.findByText("2 entries have not left this laptop yet.")).toBeVisible();
  const remotes = screen.getByRole("list", { name: "Remotes" });
  expect(within(remotes).getByText("stick")).toBeVisible();
  expect(within(remotes).getByText("2 entries are to be sent")).toBeVisible();
});

it("counts findings by kind and leads to them", async () => {
  program();
  const { user, address } = await show(<Today />);
  const link = await screen.findByRole("link", { name: /2 Several values/ });
  expect(await screen.findByRole("link", { name: /1 Serial number twice Two assets have one serial number/ })).toBeVisible();
  await user.click(link);
  await waitFor(() => expect(address()).toBe("/findings?kind=concurrent_values"));
});

it("tells what others changed, by person and asset, with before, after and reason", async () => {
  program();
  await show(<Today />);
  const table = await screen.findByRole("table", { name: "Jo Hargreaves: 2 entries" });
  const row = within(table).getByRole("row", { name: /RAV-PLC-004/ });
  expect(row).toHaveTextContent("FirmwareV3.2.16");
  expect(within(row).getByText("V3.2.19")).toBeVisible();
  expect(within(row).getByText("vendor visit")).toBeVisible();
});

it("says once what is about devices and no asset", async () => {
  const opened = rowOf({ ...jo, type: "epoch.opened", stream: null, tag: null, field: null, before: null, after: null });
  program({ "GET /news": { position: 220, total: 1, items: [opened] } });
  await show(<Today />);
  expect(await screen.findAllByText("Device began to write")).toHaveLength(1);
});

it("keeps the position up to which the news were seen", async () => {
  const { asked } = program();
  const { user } = await show(<Today />);
  await user.click(await screen.findByRole("button", { name: "Mark as seen" }));
  await waitFor(() => expect(asked("PUT /kept")).toHaveLength(1));
  expect(asked("PUT /kept")[0]?.query.get("key")).toBe("setting/looked");
  expect(asked("PUT /kept")[0]?.body).toEqual({ value: { position: 220 } });
});

it("asks only for what came after the kept position", async () => {
  const { asked } = program({
    "GET /kept": [{ key: "setting/looked", value: { position: 217 }, at: "2026-11-23T06:00:00Z" }],
    "GET /news": { position: 220, total: 0, items: [] },
  });
  await show(<Today />);
  expect(await screen.findByText("Nothing new from others.")).toBeVisible();
  expect(asked("GET /news")[0]?.query.get("after")).toBe("217");
  expect(screen.getByText(/since you last looked/)).toBeVisible();
});

it("syncs with one remote and says what went over", async () => {
  const { asked } = program({
    "POST /sync": jobOf({
      kind: "sync",
      state: "done",
      result: {
        remotes: [
          { name: "stick", url: "/media/usb", error: null, sent: 2, received: 7, refused: [], waiting: 0, round_trips: 1, service: null, unverified: 0, pack: null },
        ],
      },
    }),
  });
  const { user } = await show(<Today />);
  await user.click(await screen.findByRole("button", { name: "Sync with stick" }));
  expect(await screen.findByText("Synced with stick: 2 sent, 7 received.")).toBeVisible();
  expect(asked("POST /sync")[0]?.body).toEqual({ remote: "stick" });
});

it("leads to where a remote is added while there is none", async () => {
  program({ "GET /status": statusOf({ unsent: 9 }) });
  const { user, address } = await show(<Today />);
  await user.click(await screen.findByRole("link", { name: "Add a remote" }));
  await waitFor(() => expect(address()).toBe("/sync?add=true"));
});

it("has a table for those who cannot use the picture of activity", async () => {
  program();
  const { user } = await show(<Today />);
  expect(await screen.findByRole("img", { name: "12 entries in the last 28 days" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Show as a table" }));
  expect(within(screen.getByRole("table", { name: "Entries per day" })).getByRole("cell", { name: "12" })).toBeVisible();
});
