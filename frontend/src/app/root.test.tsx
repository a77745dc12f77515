import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { newQueryClient } from "../api";
import { fakeProgram, show, stateOf, type Deferred, defer } from "../test";
import type { Change } from "../api";
import { Root } from "./Root";

const locked = stateOf({ phase: "locked", workspace: null, me: null });

describe("the page", () => {
  it("leaves a screen when the record locks, forgets what it read, and knows the way back", async () => {
    const next: Deferred<Change> = defer();
    const states = [stateOf()];
    const polls = [Promise.resolve<Change>({ revision: 1, phase: "open" }), next.promise];
    fakeProgram({
      "GET /state": () => states.shift() ?? locked,
      "GET /changes": () => polls.shift() ?? new Promise<Change>(() => undefined),
    });
    const client = newQueryClient();
    client.setQueryData(["record", "assets"], { total: 1 });
    client.setQueryData(["kept", "view/"], []);
    const { address } = await show(<Root />, { path: "/assets?search=plc", client });
    next.resolve({ revision: 2, phase: "locked" });
    await waitFor(() => expect(address()).toBe(`/unlock?back=${encodeURIComponent("/assets?search=plc")}`));
    expect(client.getQueryData(["record", "assets"])).toBeUndefined();
    expect(client.getQueryData(["kept", "view/"])).toBeUndefined();
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
});
