import { expect, it, vi } from "vitest";
import { soon } from "./soon";

it("runs what is due in order and in one go, after what runs now and before anything else", async () => {
  const run: string[] = [];
  const later = soon();
  later(() => {
    run.push("first");
    void Promise.resolve().then(() => run.push("what follows from it"));
    later(() => run.push("next time"));
  });
  later(() => run.push("second"));
  expect(run).toEqual([]);
  await vi.waitFor(() => expect(run).toEqual(["first", "second", "what follows from it", "next time"]));
});
