import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeProgram, jobOf, Refusal, show, stateOf, statusOf, type Answers } from "../../test";
import { SettingsScreen } from ".";

function program(more: Answers = {}) {
  return fakeProgram({ "GET /state": stateOf(), "GET /status": statusOf(), "GET /kept": [], ...more });
}

describe("settings", () => {
  it("tell the program after which rest to lock", async () => {
    const { asked } = program({ "PUT /kept": undefined });
    const { user } = await show(<SettingsScreen />, { path: "/settings" });
    await user.click(await screen.findByRole("combobox", { name: "Lock after" }));
    await user.click(await screen.findByRole("option", { name: "5 minutes without use", hidden: true }));
    await waitFor(() => expect(asked("PUT /kept")[0]?.query.get("key")).toBe("setting/lock"));
    expect(asked("PUT /kept")[0]?.body).toEqual({ value: { minutes: 5 } });
  });

  it("change the passphrase, and keep the form when the present one is wrong", async () => {
    const wrong = new Refusal({ code: "passphrase", detail: "Wrong passphrase.", status: 403 });
    const { answer, asked } = program({ "POST /passphrase": wrong });
    const { user } = await show(<SettingsScreen />, { path: "/settings" });
    await user.type(await screen.findByLabelText(/Present passphrase/), "old");
    await user.type(screen.getByLabelText(/^New passphrase \*/), "new");
    await user.type(screen.getByLabelText(/New passphrase again/), "new");
    await user.click(screen.getByRole("button", { name: "Change the passphrase" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Wrong passphrase.");

    answer({ "POST /passphrase": undefined });
    await user.click(screen.getByRole("button", { name: "Change the passphrase" }));
    await waitFor(() => expect(screen.getByLabelText(/Present passphrase/)).toHaveValue(""));
    expect(asked("POST /passphrase")[1]?.body).toEqual({ current: "old", next: "new" });
  });

  it("write a backup and say what it holds", async () => {
    const result = { name: "ravensmere.fieldbook", path: "/media/usb/ravensmere.fieldbook", download: null, bytes: 1_200_000, rows: 204 };
    program({
      "POST /backup": jobOf({ kind: "backup" }),
      "GET /jobs/{id}": jobOf({ kind: "backup", state: "done", result }),
    });
    const { user } = await show(<SettingsScreen />, { path: "/settings" });
    const section = await screen.findByRole("region", { name: "Backup" });
    await user.click(within(section).getByRole("button", { name: "Back up now" }));
    expect(await within(section).findByText(/\/media\/usb\/ravensmere.fieldbook is written: 1.2 MB, 204 entries/)).toBeVisible();
    expect(within(section).getByRole("link", { name: "Restore a backup" })).toHaveAttribute("href", "/start?way=restore");
  });

  it("do not say of a backup that did not arrive that it is written", async () => {
    program({
      "POST /backup": jobOf({ kind: "backup", state: "done", result: { name: "ravensmere.fieldbook", path: null, download: "d1", bytes: 5, rows: 7 } }),
      "GET /downloads/{id}": new Refusal({ code: "missing", detail: "This file is not there any more.", status: 404 }),
    });
    const { user } = await show(<SettingsScreen />, { path: "/settings" });
    const section = await screen.findByRole("region", { name: "Backup" });
    await user.click(within(section).getByRole("button", { name: "Back up now" }));
    expect(await within(section).findByRole("alert")).toHaveTextContent("This file is not there any more.");
    expect(within(section).queryByText(/is written/)).toBeNull();
  });

  it("show the digest, which nothing else asks for", async () => {
    const { asked } = program({ "GET /digest": { digest: "a5".repeat(32) } });
    await show(<SettingsScreen />, { path: "/settings" });
    expect(await screen.findByText("a5".repeat(32))).toBeInTheDocument();
    expect(asked("GET /digest")).toHaveLength(1);
  });

  it("look at the set-up only when asked, and say what to look at in words", async () => {
    const { asked } = program({ "GET /doctor": [
      { kind: "clock_behind", ok: false, count: 11, about: "" },
      { kind: "unsent", ok: true, count: 3, about: "" },
    ] });
    const { user } = await show(<SettingsScreen />, { path: "/settings" });
    const check = await screen.findByRole("button", { name: "Check now" });
    expect(asked("GET /doctor")).toEqual([]);
    await user.click(check);
    const found = within(await screen.findByRole("list", { name: "Health of this laptop" })).getAllByRole("listitem");
    expect(found.map((item) => item.textContent)).toEqual([
      "Look at this: The clock of this laptop is 11 minutes behind an entry. Set it.",
      "Good: 3 entries are on this laptop alone. Sync or make a backup soon.",
    ]);
  });
});
