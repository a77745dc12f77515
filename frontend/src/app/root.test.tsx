import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { keys, newQueryClient } from "../api";
import { changeOf, defer, fakeProgram, jobOf, show, stateOf, type Deferred } from "../test";
import type { Change, Job, State } from "../api";
import { Root } from "./Root";
import { RunningJob } from "./status/RunningJob";

const locked = stateOf({ phase: "locked", workspace: null, me: null });

describe("the page", () => {
  it("leaves a screen when the record locks, forgets what it read, and knows the way back", async () => {
    const next: Deferred<Change> = defer();
    const states = [stateOf()];
    const polls = [Promise.resolve(changeOf(1)), next.promise];
    fakeProgram({
      "GET /state": () => states.shift() ?? locked,
      "GET /changes": () => polls.shift() ?? new Promise<Change>(() => undefined),
    });
    const client = newQueryClient();
    client.setQueryData(["record", "assets"], { total: 1 });
    client.setQueryData(["kept", "view/"], []);
    client.setQueryData(keys.work("import"), { name: "import", running: false, job: jobOf({ state: "done" }) });
    const { address } = await show(<Root />, { path: "/assets?search=plc", client });
    next.resolve(changeOf(2, { phase: "locked" }));
    await waitFor(() => expect(address()).toBe(`/unlock?back=${encodeURIComponent("/assets?search=plc")}`));
    expect(client.getQueryData(["record", "assets"])).toBeUndefined();
    expect(client.getQueryData(["kept", "view/"])).toBeUndefined();
    expect(client.getQueryData(keys.work("import"))).toMatchObject({ job: null });
  });

  it("is another page for another record, also where another page opened it", async () => {
    const next: Deferred<Change> = defer();
    const states = [stateOf()];
    const polls = [Promise.resolve(changeOf(1)), next.promise];
    fakeProgram({
      "GET /state": () => states.shift() ?? stateOf({ current: { dir: "/data/other", name: "Other" } }),
      "GET /changes": () => polls.shift() ?? new Promise<Change>(() => undefined),
    });
    const client = newQueryClient();
    client.setQueryData(["record", "assets"], { total: 1 });
    client.setQueryData(["kept", "view/"], []);
    await show(<Root />, { path: "/assets", client });
    client.setQueryData(keys.work("verify"), { name: "verify", running: false, job: jobOf({ state: "done" }) });
    next.resolve(changeOf(5, { dir: "/data/other" }));
    await waitFor(() => expect(client.getQueryData<State>(keys.state)?.current?.name).toBe("Other"));
    expect(client.getQueryData(["record", "assets"])).toBeUndefined();
    expect(client.getQueryData(["kept", "view/"])).toBeUndefined();
    await waitFor(() => expect(client.getQueryData(keys.work("verify"))).toMatchObject({ job: null }));
  });

  it("starts where a workspace comes from when none is open", async () => {
    fakeProgram({
      "GET /state": stateOf({ phase: "none", current: null, workspace: null, me: null }),
      "GET /changes": () => new Promise<Change>(() => undefined),
    });
    const { address } = await show(<Root />, { path: "/findings" });
    await waitFor(() => expect(address()).toBe("/start"));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("follows what the program was at before the page was loaded", async () => {
    const job = jobOf({ kind: "sync", stage: "Receiving", done: 5, total: 9 });
    const end = defer<Job>();
    fakeProgram({
      "GET /state": stateOf(),
      "GET /changes": () => new Promise<Change>(() => undefined),
      "GET /jobs": [job, jobOf({ id: "job-0", kind: "verify", state: "done" })],
      "GET /jobs/{id}": () => end.promise,
    });
    const { user, address } = await show([<Root key="root" />, <RunningJob key="job" />]);
    expect(await screen.findByRole("link", { name: "Sync 55 %" })).toHaveAttribute("href", "/sync");
    end.resolve({ ...job, state: "done", result: { remotes: [] } });
    const told = within(await screen.findByRole("alert"));
    expect(told.getByText("Sync")).toBeVisible();
    expect(screen.queryByRole("link", { name: /^Sync/ })).toBeNull();
    await user.click(told.getByRole("button", { name: "Show" }));
    expect(address()).toBe("/sync");
  });
});
