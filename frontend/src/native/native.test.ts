import { afterEach, describe, expect, it, vi } from "vitest";
import { defer } from "../test";
import { desktop, type Picked } from ".";
import { browser } from "./browser";

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
    Resized: () => Promise.resolve(),
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
    expect(await native.save("jo.grant", Uint8Array.of(1, 2, 3))).toBe(true);
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

describe("the browser", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** fakeNotification stands for the browser's, of which the person has said this. */
  function fakeNotification(permission: NotificationPermission) {
    const shown: { title: string; options: unknown; onclick?: () => void; close: () => void }[] = [];
    const requestPermission = vi.fn(() => Promise.resolve(permission));
    class Fake {
      static readonly permission = permission;
      static readonly requestPermission = requestPermission;
      close = vi.fn();
      constructor(
        readonly title: string,
        readonly options: unknown,
      ) {
        shown.push(this);
      }
    }
    vi.stubGlobal("Notification", Fake);
    return { shown, requestPermission };
  }

  it("shows a notification when it may, which leads back to the page", () => {
    const focus = vi.spyOn(window, "focus").mockReturnValue();
    const { shown } = fakeNotification("granted");
    browser.notify("Import", "Done");
    expect(shown).toMatchObject([{ title: "Import", options: { body: "Done" } }]);
    shown[0]?.onclick?.();
    expect(focus).toHaveBeenCalledOnce();
    expect(shown[0]?.close).toHaveBeenCalledOnce();
  });

  it("asks the person who has not said yet, and only when told to", () => {
    const { shown, requestPermission } = fakeNotification("default");
    browser.notify("Import", "Done");
    expect(browser.mayAsk()).toBe(true);
    expect(requestPermission).not.toHaveBeenCalled();
    browser.ask();
    expect(requestPermission).toHaveBeenCalledOnce();
    expect(shown).toEqual([]);
  });

  it.each(["denied", "none"] as const)("is silent where notifications are %s", (said) => {
    const shown = said === "denied" ? fakeNotification(said).shown : [];
    browser.notify("Import", "Done");
    expect(browser.mayAsk()).toBe(false);
    expect(shown).toEqual([]);
  });
});
