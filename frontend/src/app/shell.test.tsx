import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Status } from "../api";
import { fakeProgram, show, stateOf, statusOf } from "../test";
import { StatusBar } from "./StatusBar";
import { Sidebar } from "./Sidebar";
import { useWrite } from "../shared";

function program(status: Partial<Status> = {}) {
  return fakeProgram({ "GET /state": stateOf(), "GET /status": statusOf(status)});
}

const saved = { at: "2026-11-23T04:35:12Z", device: "22", epoch: "1", seq: 7, state: "saved" as const };

describe("the status bar", () => {
  it("says who acts in which role, what is unsent and that there is nobody to send it to", async () => {
    program({ unsent: 1204 });
    await show(<StatusBar />);
    expect(await screen.findByRole("link", { name: "Ada Okafor · owner" })).toHaveAttribute("href", "/members");
    expect(await screen.findByRole("link", { name: "1,204 unsent" })).toHaveAttribute("href", "/sync");
    expect(screen.getByRole("link", { name: "No remote" })).toBeVisible();
  });

  it.each([
    ["saved", "Saved"],
    ["sent", "Sent"],
    ["received", "Received"],
  ] as const)("says that the last edit is %s", async (state, words) => {
    program({ saved: { ...saved, state } });
    await show(<StatusBar />);
    expect(await screen.findByRole("link", { name: words })).toBeVisible();
  });

  it("says saving until the program has saved, and says so when it did not", async () => {
    function Writer() {
      const good = useWrite(() => new Promise<undefined>(() => undefined));
      const bad = useWrite(() => Promise.reject(new Error("disk full")));
      return (
        <>
          <button onClick={() => good.mutate(undefined)}>slow</button>
          <button onClick={() => bad.mutate(undefined)}>bad</button>
          <StatusBar />
        </>
      );
    }
    program({ saved });
    const { user } = await show(<Writer />);
    await user.click(await screen.findByRole("button", { name: "slow" }));
    expect(await screen.findByRole("link", { name: "Saving…" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "bad" }));
    expect(await screen.findByRole("link", { name: "Not saved" })).toBeVisible();
  });

  it("tells the whole sentence to the keyboard", async () => {
    program({ saved });
    const { user } = await show(<StatusBar />);
    await screen.findByRole("link", { name: "Saved" });
    await user.tab();
    expect(await screen.findByRole("tooltip")).toHaveTextContent(/on this laptop's disk and nowhere else yet/);
  });
});

describe("the side", () => {
  it("leads to every screen and counts what must be looked at", async () => {
    program({ findings: 3, conflicts: 1 });
    await show(<Sidebar onClose={() => undefined} />, { path: "/assets/RAV-PLC-004" });
    const links = await screen.findAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual(
      ["/", "/assets", "/notes", "/findings", "/trail", "/import", "/sync", "/members", "/settings"],
    );
    await waitFor(() => expect(screen.getByRole("link", { name: /Findings/ })).toHaveTextContent("3"));
    expect(screen.getByRole("link", { current: "page" })).toHaveAttribute("href", "/assets");
  });
});
