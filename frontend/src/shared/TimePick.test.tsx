import { screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { show } from "../test";
import { TimePick } from "./TimePick";
import type { Zone } from "./picked";

beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));
afterEach(() => void vi.unstubAllEnvs());

function Picked() {
  const [at, setAt] = useState<string | null>("2026-07-01T14:00:00.000Z");
  return (
    <>
      <TimePick label="Seen" value={at} edge="start" onChange={setAt} />
      <output>{at}</output>
    </>
  );
}

it.each([
  ["utc", "2026-07-01 14:00", "2026-07-02T14:00:00.000Z"],
  ["local", "2026-07-01 16:00", "2026-07-02T14:00:00.000Z"],
] satisfies [Zone, string, string][])("shows and picks times in %s as the person reads them", async (times, shown, picked) => {
  const { user } = await show(<Picked />, { appearance: { times } });
  const input = await screen.findByRole("button", { name: "Seen" });
  expect(input).toHaveTextContent(shown);
  await user.click(input);
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "2 July 2026" }));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(picked));
});
