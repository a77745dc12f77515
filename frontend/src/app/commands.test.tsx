import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeProgram, show, stateOf, type Answers } from "../test";
import { Commands } from "./Commands";
import { OverlayProvider } from "./overlays";
import { ShortcutRegistry } from "./ShortcutRegistry";

const plc = {
  id: "aa".repeat(16),
  tag: "RAV-PLC-004",
  site: "RAV",
  lifecycle: "in_service",
  values: { name: "Filter PLC", model: "CPU 1516" },
  concurrent: [],
  unverified: false,
  void: null,
  merged_into: null,
};

async function open(answers: Answers = {}, letters = true) {
  const program = fakeProgram({ "GET /state": stateOf(), "GET /assets": { total: 1, items: [plc] }, ...answers });
  const shown = await show(
    <ShortcutRegistry>
      <OverlayProvider>
        <label>
          Text <input />
        </label>
        <Commands />
      </OverlayProvider>
    </ShortcutRegistry>,
    { appearance: { letters } },
  );
  await screen.findByLabelText("Text");
  return { ...shown, program };
}

describe("commands", () => {
  it("reach a screen by the palette and the keyboard alone", async () => {
    const { user, address } = await open();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByPlaceholderText("Asset, screen or action"), "go audit{Enter}");
    await waitFor(() => expect(address()).toBe("/trail"));
  });

  it("find an asset by what the program knows of it, and open it with Enter", async () => {
    const { user, address, program } = await open();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByPlaceholderText("Asset, screen or action"), "1516");
    expect(await screen.findByText("RAV · Filter PLC · CPU 1516")).toBeVisible();
    expect(program.asked("GET /assets").at(-1)?.query.get("search")).toBe("1516");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(address()).toBe(`/assets/${plc.id}`));
  });

  it("offer what the features can do", async () => {
    const { user } = await open();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByPlaceholderText("Asset, screen or action"), "back up");
    expect(await screen.findByText("Back up this laptop's record")).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("follow G and a letter, but not while somebody types", async () => {
    const { user, address } = await open();
    await user.type(screen.getByLabelText("Text"), "ga");
    expect(address()).toBe("/");
    await user.click(document.body);
    await user.keyboard("ga");
    await waitFor(() => expect(address()).toBe("/assets"));
  });

  it("leave single keys alone where they are turned off", async () => {
    const { user, address } = await open({}, false);
    await user.keyboard("ga{Shift>}?{/Shift}");
    expect(address()).toBe("/");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("list their keys in the sheet of shortcuts", async () => {
    const { user } = await open();
    await user.keyboard("{Shift>}?{/Shift}");
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(sheet).getByRole("row", { name: /Search or run a command Ctrl K/ })).toBeVisible();
    expect(within(sheet).getByRole("row", { name: /Audit trail G T/ })).toBeVisible();
  });
});
