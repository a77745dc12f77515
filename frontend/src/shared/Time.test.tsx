import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { show } from "../test";
import { Time } from "./Time";

describe("a time", () => {
  it("says UTC to the keyboard and on paper", async () => {
    const { user, container } = await show(<Time at="2026-11-23T14:35:12Z" />);
    await user.tab();
    expect(await screen.findByText("2026-11-23 14:35:12 UTC", { selector: "[role=tooltip]" })).toBeInTheDocument();
    expect(container.querySelector("time")).toHaveAttribute("datetime", "2026-11-23T14:35:12Z");
    expect(container.querySelector(".print-only")).toHaveTextContent("2026-11-23 14:35:12 UTC");
  });

  it("is shown in UTC to who wants that", async () => {
    await show(<Time at="2026-11-23T14:35:12Z" />, { appearance: { times: "utc" } });
    expect(screen.getByText(/14:35 UTC$/, { selector: ".no-print" })).toBeVisible();
  });
});
