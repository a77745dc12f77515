import { screen, waitFor } from "@testing-library/react";
import { useQuery } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { changeOf, fakeProgram, Refusal, show, stateOf, statusOf } from "../test";
import { useReachable, useRevision } from "./revision";
import { stateQuery, useStatus } from "./state";
import type { Change } from "./types";

function Watcher() {
  useRevision();
  const { data: state } = useQuery(stateQuery);
  const { data: status } = useStatus();
  return (
    <p>
      {state?.phase} {status?.unsent} {useReachable() ? "there" : "gone"}
    </p>
  );
}

/** polls answers long-polls in order, and then never again. */
function polls(...answers: (Change | Refusal)[]) {
  const left = [...answers];
  return () => left.shift() ?? new Promise<Change>(() => undefined);
}

describe("live updates", () => {
  it("ask anew for the record and the phase when the program's revision moves", async () => {
    const moves = polls(changeOf(7), changeOf(8), changeOf(9, { phase: "locked" }));
    const phases = [stateOf(), stateOf({ phase: "locked", workspace: null, me: null })];
    const counts = [statusOf({ unsent: 1 }), statusOf({ unsent: 2 })];
    const program = fakeProgram({
      "GET /changes": moves,
      "GET /state": () => phases.shift() ?? stateOf(),
      "GET /status": () => counts.shift() ?? statusOf(),
    });
    await show(<Watcher />);
    expect(await screen.findByText("locked 2 there")).toBeVisible();
    expect(program.asked("GET /changes").map(({ query }) => query.get("after"))).toEqual([null, "7", "8", "9"]);
    // A locked record is not asked any more.
    expect(program.asked("GET /status")).toHaveLength(2);
  });

  it("ask for the names anew where the record has others by now", async () => {
    const states = [stateOf({ workspace: { id: "33".repeat(32), name: "", zone: "UTC" } })];
    const program = fakeProgram({ "GET /changes": polls(), "GET /state": () => states.shift() ?? stateOf(), "GET /status": statusOf() });
    const { client } = await show(<Watcher />);
    await waitFor(() => expect(program.asked("GET /state")).toHaveLength(1));
    await client.invalidateQueries({ queryKey: ["record"] });
    await waitFor(() => expect(client.getQueryData(stateQuery.queryKey)?.workspace?.name).toBe("Ravensmere"));
    expect(program.asked("GET /state")).toHaveLength(2);
  });

  it("say that the program is gone as long as it does not answer", async () => {
    const program = fakeProgram({ "GET /state": stateOf(), "GET /status": statusOf() });
    await show(<Watcher />);
    program.fetch.mockRejectedValue(new TypeError("Failed to fetch"));
    program.answer({ "GET /changes": polls() });
    await waitFor(() => expect(screen.getByText(/gone/)).toBeVisible(), { timeout: 4000 });
  });
});
