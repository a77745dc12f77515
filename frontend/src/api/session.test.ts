import { beforeEach, describe, expect, it } from "vitest";
import { fakeProgram } from "../test";
import { sessionHeader, startSession } from "./session";

describe("session", () => {
  beforeEach(() => window.history.replaceState(null, "", "/"));

  it("exchanges the token of the address once and takes it out of the address", async () => {
    window.history.replaceState(null, "", "/#token=one-use");
    const program = fakeProgram({ "POST /session": { session: "s-1" } });
    await startSession();
    expect(program.asked("POST /session")[0]?.body).toEqual({ token: "one-use" });
    expect(sessionHeader()).toEqual([["Fieldbook-Session", "s-1"]]);
    expect(window.location.hash).toBe("#/");
  });

  it("outlives a reload of the tab without the token", async () => {
    sessionStorage.setItem("fieldbook-session", "s-2");
    const program = fakeProgram({});
    await startSession();
    expect(sessionHeader()).toEqual([["Fieldbook-Session", "s-2"]]);
    expect(program.calls).toEqual([]);
  });

  it("has none where the token was used before", async () => {
    window.history.replaceState(null, "", "/#token=used");
    fakeProgram({});
    await startSession();
    expect(sessionHeader()).toEqual([]);
  });
});
