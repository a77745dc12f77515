import { screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Job } from "../api";
import { native } from "../native";
import { defer, fakeProgram, jobOf, show } from "../test";
import { Failure } from "./Failure";
import { useJob } from "./job";
import { JobProgress } from "./JobProgress";

function Runner({ start }: { start: () => Promise<Job> }) {
  const job = useJob<{ events: number }>();
  return (
    <>
      <button onClick={() => void job.run(start)}>Start</button>
      {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
      {job.result && <p>rebuilt {job.result.events}</p>}
      {job.problem && <Failure error={job.problem} />}
    </>
  );
}

afterEach(() => vi.restoreAllMocks());

describe("a job", () => {
  it("is followed to its end", async () => {
    const end = defer<Job>();
    const program = fakeProgram({ "GET /jobs/{id}": () => end.promise, "GET /jobs": [] });
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
    ["failed", { type: "about:blank", title: "", status: 507, code: "internal", detail: "The disk is full.", hint: "" }, "The disk is full."],
  ] as const)("that %s while nobody looks is told by the desktop", async (state, problem, text) => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const notify = vi.spyOn(native, "notify").mockReturnValue();
    fakeProgram({ "GET /jobs/{id}": jobOf({ kind: "import", state, problem, revision: 2 }) });
    const { user } = await show(<Runner start={() => Promise.resolve(jobOf({ kind: "import" }))} />);
    await user.click(screen.getByRole("button", { name: "Start" }));
    await vi.waitFor(() => expect(notify).toHaveBeenCalledExactlyOnceWith("Import", text));
  });

  it("is not told twice to who looks on", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    const notify = vi.spyOn(native, "notify").mockReturnValue();
    fakeProgram({ "GET /jobs/{id}": jobOf({ state: "done", result: { events: 7 }, revision: 2 }) });
    const { user } = await show(<Runner start={() => Promise.resolve(jobOf())} />);
    await user.click(screen.getByRole("button", { name: "Start" }));
    expect(await screen.findByText("rebuilt 7")).toBeVisible();
    expect(notify).not.toHaveBeenCalled();
  });
});
