import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { definitions, fakeProgram, show } from "../test";
import { EntryChange } from "./EntryChange";

test.each([
  ["unit", "ab".repeat(16), "Installed unit"],
  ["void", "typed twice", "Struck"],
  ["firmware", "V4", "Firmware"],
  ["ports/tcp-443/port", "443", "ports · tcp-443 · port"],
])("a change of %s to %s is called %s", async (field, after, label) => {
  fakeProgram({ "GET /definitions": definitions });
  await show(<EntryChange row={{ type: "asset.field_changed", field, before: null, after }} />);
  expect(await screen.findByText(label)).toBeInTheDocument();
});
