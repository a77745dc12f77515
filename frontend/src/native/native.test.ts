import { describe, expect, it, vi } from "vitest";
import { defer } from "../test";
import { desktop, type Picked } from ".";

function fakeWindow() {
  const handlers: Record<string, (...data: unknown[]) => void> = {};
  const app = {
    Token: () => Promise.resolve("s-1"),
    PickFile: vi.fn(() => Promise.resolve("/media/usb/list.xlsx")),
    PickFolder: vi.fn(() => Promise.resolve("")),
    ReadFile: vi.fn(() => Promise.resolve("AQID")),
    SaveFile: vi.fn(() => Promise.resolve("")),
    WriteFile: vi.fn(() => Promise.resolve("/home/ada/jo.grant")),
    Notify: () => Promise.resolve(),
    SetTitle: () => Promise.resolve(),
    SetLanguage: vi.fn(() => Promise.resolve()),
    Flushed: vi.fn(() => Promise.resolve()),
  };
  const runtime = {
    EventsOn: (name: string, handler: (...data: unknown[]) => void) => {
      handlers[name] = handler;
      return () => undefined;
    },
  };
  return { app, native: desktop(app, runtime), emit: (name: string, ...data: unknown[]) => handlers[name]?.(...data) };
}

describe("the window", () => {
  it("gives picked files as paths with their names, and null for a cancelled dialog", async () => {
    const { native } = fakeWindow();
    expect(await native.pickFile("list")).toEqual({ name: "list.xlsx", path: "/media/usb/list.xlsx" });
    expect(await native.pickFolder()).toBeNull();
    expect(await native.destination("assets.csv")).toBeNull();
    expect(await native.save("jo.grant", "AQID")).toBe(true);
  });

  it("is told the language of the page", () => {
    const { native, app } = fakeWindow();
    native.setLanguage("de");
    expect(app.SetLanguage).toHaveBeenCalledWith("de");
  });

  it("hands dropped files on, whichever system named them", () => {
    const { native, emit } = fakeWindow();
    const dropped = vi.fn<(files: Picked[]) => void>();
    native.onFiles(dropped);
    emit("files", ["/a/list.csv", "C:\\lists\\b.xlsx", ""]);
    expect(dropped).toHaveBeenCalledWith([
      { name: "list.csv", path: "/a/list.csv" },
      { name: "b.xlsx", path: "C:\\lists\\b.xlsx" },
    ]);
  });

  it("waits for the drafts before it lets the window close, also when they fail", async () => {
    const { native, emit, app } = fakeWindow();
    const drafts = defer<undefined>();
    native.onFlush(() => drafts.promise);
    emit("flush");
    expect(app.Flushed).not.toHaveBeenCalled();
    drafts.resolve(undefined);
    await vi.waitFor(() => expect(app.Flushed).toHaveBeenCalledOnce());
  });
});
