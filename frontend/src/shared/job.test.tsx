import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Job } from "../api";
import { native } from "../native";
import { defer, fakeProgram, jobOf, show } from "../test";
import { Failure } from "./Failure";
import { useJob } from "./job";
import { JobProgress } from "./JobProgress";

function Runner({ start }: { start: () => Promise<Job> }) {
  const job = useJob<{ events: number }>("rebuild");
  return (
    <>
      <button onClick={() => void job.run(start)}>Start</button>
      {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
      {job.result && <p>rebuilt {job.result.events}</p>}
      {job.problem && <Failure error={job.problem} />}
    </>
  );
}

/** Rooms are two screens, of which one begins the work. */
function Rooms({ start }: { start: () => Promise<Job> }) {
  const [there, setThere] = useState(true);
  return (
    <>
      <button onClick={() => setThere(!there)}>{there ? "Leave" : "Return"}</button>
      {there && <Runner start={start} />}
    </>
  );
}

/** leave begins work, leaves its screen, and gives what ends the work. */
async function leave() {
  const end = defer<Job>();
  fakeProgram({ "GET /jobs/{id}": () => end.promise });
  const { user } = await show(<Rooms start={() => Promise.resolve(jobOf({ stage: "Replaying" }))} />);
  const press = (name: string) => user.click(screen.getByRole("button", { name }));
  await press("Start");
  await screen.findByText("Replaying");
  await press("Leave");
  return { press, end: (part: Partial<Job>) => end.resolve(jobOf({ revision: 2, ...part })) };
}

const done = { state: "done", result: { events: 7 } } as const;
const full = { type: "about:blank", title: "", status: 507, code: "internal", detail: "The disk is full.", hint: "" } as const;

afterEach(() => vi.restoreAllMocks());

describe("a job", () => {
  it("is followed to its end", async () => {
    const end = defer<Job>();
    const program = fakeProgram({ "GET /jobs/{id}": () => end.promise });
    const { user } = await show(<Runner start={() => Promise.resolve(jobOf({ stage: "Replaying", done: 500, total: 2000 }))} />);
    await user.click(screen.getByRole("button", { name: "Start" }));
    expect(await screen.findByText("500 of 2,000")).toBeVisible();
    expect(screen.getByRole("progressbar", { name: "Replaying" })).toHaveAttribute("aria-valuenow", "25");
    end.resolve(jobOf({ state: "done", result: { events: 2000 }, revision: 2 }));
    expect(await screen.findByText("rebuilt 2000")).toBeVisible();
    expect(screen.queryByRole("progressbar")).toBeNull();
    expect(program.asked("GET /jobs/{id}")[0]?.query.get("after")).toBe("1");
  });

  it("is cancelled on demand, and says why it failed", async () => {
    const end = defer<Job>();
    const program = fakeProgram({
      "GET /jobs/{id}": () => end.promise,
      "DELETE /jobs/{id}": () => {
        const problem = { type: "about:blank", title: "", status: 499, code: "cancelled", detail: "Cancelled.", hint: "" } as const;
        end.resolve(jobOf({ state: "cancelled", problem }));
        return jobOf();
      },
    });
    const { user } = await show(<Runner start={() => Promise.resolve(jobOf())} />);
    await user.click(screen.getByRole("button", { name: "Start" }));
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Cancelled.");
    expect(program.asked("DELETE /jobs/{id}")).toHaveLength(1);
  });

  it.each([
    ["done", null, "Done"],
    ["failed", full, "The disk is full."],
  ] as const)("that %s while nobody looks is told by the desktop", async (state, problem, text) => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const notify = vi.spyOn(native, "notify").mockReturnValue();
    fakeProgram({ "GET /jobs/{id}": jobOf({ state, problem, revision: 2 }) });
    const { user } = await show(<Runner start={() => Promise.resolve(jobOf())} />);
    await user.click(screen.getByRole("button", { name: "Start" }));
    await vi.waitFor(() => expect(notify).toHaveBeenCalledExactlyOnceWith("Rebuilding the views", text));
  });

  it("is not told twice to who looks on", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    const notify = vi.spyOn(native, "notify").mockReturnValue();
    fakeProgram({ "GET /jobs/{id}": jobOf({ state: "done", result: { events: 7 }, revision: 2 }) });
    const { user } = await show(<Runner start={() => Promise.resolve(jobOf())} />);
    await user.click(screen.getByRole("button", { name: "Start" }));
    expect(await screen.findByText("rebuilt 7")).toBeVisible();
    expect(notify).not.toHaveBeenCalled();
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("a job whose screen was left", () => {
  it("is told of on any screen and by the desktop, and what came of it waits for who returns, once", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const notify = vi.spyOn(native, "notify").mockReturnValue();
    const { press, end } = await leave();
    end(done);
    expect(await screen.findByRole("alert")).toHaveTextContent("Rebuilding the viewsDone");
    expect(notify).toHaveBeenCalledExactlyOnceWith("Rebuilding the views", "Done");
    await press("Return");
    expect(screen.getByText("rebuilt 7")).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    await press("Leave");
    await press("Return");
    expect(screen.queryByText("rebuilt 7")).toBeNull();
  });

  it("is found still running by who returns, who is then told nothing twice", async () => {
    const { press, end } = await leave();
    await press("Return");
    expect(screen.getByText("Replaying")).toBeVisible();
    end(done);
    expect(await screen.findByText("rebuilt 7")).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says that it failed", async () => {
    const { end } = await leave();
    end({ state: "failed", problem: full });
    expect(await screen.findByRole("alert")).toHaveTextContent("The disk is full.");
  });

  it("is no news when it was cancelled", async () => {
    const notify = vi.spyOn(native, "notify").mockReturnValue();
    const { press, end } = await leave();
    end({ state: "cancelled", problem: full });
    await press("Return");
    await waitFor(() => expect(screen.queryByText("Replaying")).toBeNull());
    expect(screen.queryByRole("alert")).toBeNull();
    expect(notify).not.toHaveBeenCalled();
  });
});

it("offers to tell of the end where the person has to be asked first, and asks only then", async () => {
  vi.spyOn(native, "mayAsk").mockReturnValue(true);
  const ask = vi.spyOn(native, "ask").mockReturnValue();
  const { user } = await show(<JobProgress job={jobOf()} />);
  expect(ask).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Tell me when it is done" }));
  expect(ask).toHaveBeenCalledOnce();
  expect(screen.queryByRole("button")).toBeNull();
});
