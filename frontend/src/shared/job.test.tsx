import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Job } from "../api";
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
});
