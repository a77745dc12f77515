import { TextInput } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { keys, newQueryClient } from "../api";
import { defer, fakeProgram, Refusal, show, stateOf } from "../test";
import { useDraft } from "./draft";
import { DraftNotice } from "./DraftNotice";
import { flushDrafts, hold, letGo } from "./drafts";

function Form() {
  const draft = useDraft("notes/new", { text: "" });
  if (!draft.ready) return null;
  return (
    <>
      <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
      <TextInput label="Text" value={draft.value.text} onChange={(event) => draft.set({ text: event.currentTarget.value })} />
    </>
  );
}

/** memory is a program that keeps values. */
function memory() {
  const kept = new Map<string, unknown>();
  const program = fakeProgram({
    "GET /kept": () => [...kept].map(([key, value]) => ({ key, value, at: "2026-11-23T04:35:12Z" })),
    "PUT /kept": ({ query, body }) => {
      kept.set(query.get("key") ?? "", (body as { value: unknown }).value);
      return undefined;
    },
    "DELETE /kept": ({ query }) => {
      kept.delete(query.get("key") ?? "");
      return undefined;
    },
  });
  return { kept, program };
}

describe("drafts", () => {
  it("keep what is typed, and bring it back to whoever returns", async () => {
    const { kept } = memory();
    const first = await show(<Form />);
    await first.user.type(await screen.findByLabelText("Text"), "CPU in STOP");
    await waitFor(() => expect(kept.get("draft/notes/new")).toEqual({ text: "CPU in STOP" }));
    first.unmount();
    await show(<Form />);
    expect(await screen.findByLabelText("Text")).toHaveValue("CPU in STOP");
    expect(screen.getByText(/Restored from your draft/)).toBeVisible();
  });

  it("are kept at once when the screen is left in the middle of a word", async () => {
    const { kept } = memory();
    const { user, unmount } = await show(<Form />);
    await user.type(await screen.findByLabelText("Text"), "S");
    unmount();
    await waitFor(() => expect(kept.get("draft/notes/new")).toEqual({ text: "S" }));
  });

  it("wait out a lock and are kept after it", async () => {
    const { kept, program } = memory();
    const locked = new Refusal({ code: "locked", detail: "The record is locked.", status: 423 });
    const { user, client } = await show(<Form />);
    const input = await screen.findByLabelText("Text");
    program.answer({ "PUT /kept": locked });
    await user.type(input, "typed while locked");
    await flushDrafts(client);
    expect(kept.size).toBe(0);
    program.answer({
      "PUT /kept": ({ query, body }) => {
        kept.set(query.get("key") ?? "", (body as { value: unknown }).value);
        return undefined;
      },
    });
    await flushDrafts(client);
    expect(kept.get("draft/notes/new")).toEqual({ text: "typed while locked" });
  });

  it("are kept in the record that they were typed for, and in no other", async () => {
    const { kept } = memory();
    const client = newQueryClient();
    client.setQueryData(keys.state, stateOf());
    hold(client, "draft/notes/new", { text: "of this plant" });
    client.setQueryData(keys.state, stateOf({ current: { dir: "/data/other", name: "Other" } }));
    await flushDrafts(client);
    expect(kept.size).toBe(0);
    client.setQueryData(keys.state, stateOf());
    await flushDrafts(client);
    expect(kept.get("draft/notes/new")).toEqual({ text: "of this plant" });
  });

  it("stay gone when they are let go of on their way to the program", async () => {
    const { kept, program } = memory();
    const arrived = defer<undefined>();
    program.answer({
      "PUT /kept": async ({ query, body }) => {
        await arrived.promise;
        kept.set(query.get("key") ?? "", (body as { value: unknown }).value);
        return undefined;
      },
    });
    const client = newQueryClient();
    hold(client, "draft/notes/new", { text: "saved meanwhile" });
    const sent = flushDrafts(client);
    await waitFor(() => expect(program.asked("PUT /kept")).toHaveLength(1));
    letGo(client, "draft/notes/new");
    await new Promise((turn) => setTimeout(turn));
    arrived.resolve(undefined);
    await sent;
    await flushDrafts(client);
    expect(kept.size).toBe(0);
  });

  it("are gone once they are let go of", async () => {
    const { kept } = memory();
    kept.set("draft/notes/new", { text: "old" });
    const { user } = await show(<Form />);
    await user.click(await screen.findByRole("button", { name: "Discard the draft" }));
    expect(screen.getByLabelText("Text")).toHaveValue("");
    await waitFor(() => expect(kept.size).toBe(0));
  });
});
