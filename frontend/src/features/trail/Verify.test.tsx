import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Verified } from "../../api";
import { definitions, fakeProgram, jobOf, show, stateOf, statusOf, type Answers } from "../../test";
import { Trail } from "./Trail";

const path = "/trail?verify=true";
const good: Verified = { ok: true, deep: false, events: 220, feeds: 2, violations: [], digest: "a5".repeat(32), receipts: 0, unverified: 0 };
const stick = { name: "stick", url: "/media/usb", second: null, mode: "folder" as const, last_sync: null, unsent: 0, unchecked: null, refused: [] };

function program(result: Verified, more: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /kept": [],
    "GET /status": statusOf({ remotes: [stick] }),
    "POST /verify": jobOf({ kind: "verify", state: "done", result }),
    ...more,
  });
}

it("says in plain words that the record holds, what was checked and what was not", async () => {
  const { asked } = program(good);
  const { user } = await show(<Trail />, { path });
  await user.click(await screen.findByRole("button", { name: "Verify" }));
  expect(await screen.findByText("The record holds")).toBeVisible();
  expect(screen.getByText(/220 entries in 2 feeds/)).toBeVisible();
  expect(screen.getByText(/not checked: the contents of every document/)).toBeVisible();
  expect(screen.getByText(/not checked: whether the log was put back/)).toBeVisible();
  expect(screen.getByText("a5".repeat(32))).toBeVisible();
  expect(asked("POST /verify")[0]?.body).toEqual({ deep: false, against: null });
});

it("checks deeply and against a remote when asked", async () => {
  const { asked } = program({ ...good, deep: true });
  const { user } = await show(<Trail />, { path });
  await user.click(await screen.findByRole("checkbox", { name: "Deep check" }));
  await user.click(screen.getByRole("combobox", { name: "Compare with" }));
  await user.click(await screen.findByRole("option", { name: "stick" }));
  await user.click(screen.getByRole("button", { name: "Verify" }));
  expect(await screen.findByText(/every document replayed/)).toBeVisible();
  expect(screen.getByText(/compared with stick/)).toBeVisible();
  expect(asked("POST /verify")[0]?.body).toEqual({ deep: true, against: { remote: "stick" } });
});

it("names each place that does not hold, and what to do now", async () => {
  const violations = [{ feed: "9069952a".repeat(8) + "-10a29294fe967295", seq: 17, kind: "chain", detail: "hash differs" }];
  program({ ...good, ok: false, violations });
  const { user } = await show(<Trail />, { path });
  await user.click(await screen.findByRole("button", { name: "Verify" }));
  expect(await screen.findByText("The record does not hold")).toBeVisible();
  const row = within(screen.getByRole("table", { name: "What does not hold" })).getByRole("row", { name: /An entry is not the one that the next one continues/ });
  expect(within(row).getByRole("link", { name: "feed 9069952a, entry 17" })).toHaveAttribute("href", expect.stringContaining("device="));
  expect(screen.getByText(/it is evidence/)).toBeVisible();
  expect(screen.getByText(/Restore the newest backup/)).toBeVisible();
});

it("does not call whole what has not arrived", async () => {
  program({ ...good, ok: false, unverified: 3 });
  const { user } = await show(<Trail />, { path });
  await user.click(await screen.findByRole("button", { name: "Verify" }));
  expect(await screen.findByText("What is here holds, but it is not whole yet")).toBeVisible();
  expect(screen.getByText(/Finish the sync/)).toBeVisible();
});

it("shows how far it is and can be cancelled, and a cancelled check proves nothing", async () => {
  const running = jobOf({ kind: "verify", stage: "checking chains and signatures", done: 10, total: 220 });
  let end: (() => void) | undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const { asked } = program(good, {
    "POST /verify": running,
    "GET /jobs/{id}": () => ended.then(() => ({ ...running, state: "cancelled" as const })),
    "DELETE /jobs/{id}": () => {
      end?.();
      return running;
    },
  });
  const { user } = await show(<Trail />, { path });
  await user.click(await screen.findByRole("button", { name: "Verify" }));
  expect(await screen.findByText("checking chains and signatures")).toBeVisible();
  expect(screen.getByText("10 of 220")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByText(/It has said nothing about the record/)).toBeVisible();
  await waitFor(() => expect(asked("DELETE /jobs/{id}")).toHaveLength(1));
});
