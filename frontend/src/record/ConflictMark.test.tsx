import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Conflict } from "../api";
import { fakeProgram, show } from "../test";
import { ConflictMark } from "./ConflictMark";

const conflict: Conflict = {
  id: "c1",
  entity: "asset",
  stream: "aa".repeat(16),
  tag: "RAV-PLC-004",
  field: "firmware",
  current: "V3.2.19",
  values: [
    { value: "V3.2.19", display: "V3.2.19", member: "Ada Okafor", device: "22", recorded_at: "2026-11-23T04:35:12Z", reason: "vendor visit" },
    { value: "V3.2.17", display: "V3.2.17", member: "Jo Hargreaves", device: "33", recorded_at: "2026-11-23T04:30:00Z", reason: "read on the display" },
  ],
};

describe("the mark of a conflict", () => {
  it("shows every value with its author and reason, by keyboard too, and the way to the decision", async () => {
    fakeProgram({});
    const { user } = await show(<ConflictMark conflict={conflict} />);
    await user.tab();
    await user.keyboard("{Enter}");
    const rows = (await screen.findAllByRole("row")).slice(1);
    expect(rows).toHaveLength(2);
    expect(within(rows[1] ?? document.body).getByText("V3.2.17")).toBeVisible();
    expect(rows[1]).toHaveTextContent(/Jo Hargreaves.*read on the display/);
    expect(screen.getByRole("link", { name: "Decide in Findings" })).toHaveAttribute("href", "/findings?finding=c1");
  });
});
