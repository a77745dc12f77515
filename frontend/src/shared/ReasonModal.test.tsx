import { screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Problem } from "../api";
import { fakeProgram, show } from "../test";
import { ReasonModal } from "./ReasonModal";

const nothing = () => undefined;

describe("asking for the reason", () => {
  it("takes none for an answer only with a sentence that says what to do", async () => {
    const program = fakeProgram({ "GET /kept": [], "PUT /kept": undefined });
    const confirm = vi.fn();
    const { user } = await show(<ReasonModal opened title="Retire" action="Retire" onConfirm={confirm} onClose={nothing} />);
    const dialog = await screen.findByRole("dialog", { name: "Retire" });
    await user.click(within(dialog).getByRole("button", { name: "Retire" }));
    expect(await within(dialog).findByText(/the audit trail keeps it/)).toBeVisible();
    expect(confirm).not.toHaveBeenCalled();

    await user.type(within(dialog).getByRole("combobox", { name: /Reason/ }), "  panel dismantled {Enter}");
    expect(confirm).toHaveBeenCalledWith("panel dismantled");
    expect(program.asked("PUT /kept")[0]?.body).toEqual({ value: ["panel dismantled"] });
  });

  it("offers the reasons given lately", async () => {
    const reasons = { key: "setting/reasons", value: ["vendor visit", "round of 23 Nov"], at: "2026-11-23T04:35:12Z" };
    fakeProgram({ "GET /kept": [reasons] });
    const { user } = await show(<ReasonModal opened title="Edit" action="Save" onConfirm={nothing} onClose={nothing} />);
    await user.type(await screen.findByRole("combobox", { name: /Reason/ }), "vis");
    expect(await screen.findByRole("option", { name: "vendor visit", hidden: true })).toBeInTheDocument();
  });

  it("shows what the program says against it", async () => {
    fakeProgram({ "GET /kept": [] });
    const error = new Problem({ code: "refused", detail: "It is retired already.", hint: "Reinstate it first." });
    await show(<ReasonModal opened title="Edit" action="Save" error={error} onConfirm={nothing} onClose={nothing} />);
    expect(await screen.findByRole("alert")).toHaveTextContent("It is retired already.Reinstate it first.");
  });
});
