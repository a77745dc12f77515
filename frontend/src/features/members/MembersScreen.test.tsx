import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Device, Member } from "../../api";
import { native } from "../../native";
import { fakeProgram, me, Refusal, show, stateOf, type Answers } from "../../test";
import { MembersScreen } from "./MembersScreen";

const ada: Member = { id: me.member_id, name: "Ada Okafor", role: "owner" };
const bea: Member = { id: "55".repeat(16), name: "Bea Lindqvist", role: "auditor" };
const words = ["amber", "basin", "cedar", "delta", "ember", "flint", "grove", "haven"];
const deviceOf = (part: Partial<Device>): Device => ({
  device: me.device,
  member: ada.name,
  member_id: ada.id,
  role: "owner",
  self: false,
  feeds: 1,
  events: 0,
  words,
  ...part,
});
const joined = ["ivory", "jetty", "knoll", "larch", "maple", "north", "olive", "pearl"];

function program(more: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /members": [bea, ada],
    "GET /devices": [
      deviceOf({ device: "66".repeat(32), member: "recovery key", member_id: "7", role: "recovery" }),
      deviceOf({ device: "55".repeat(32), member: bea.name, member_id: bea.id, role: "auditor" }),
      deviceOf({ self: true, events: 1207 }),
    ],
    "POST /requests/inspect": { words, member: "Jo Hargreaves", device: "88".repeat(32) },
    "POST /requests/approve": {
      file: btoa("grant"),
      name: "jo.grant",
      words,
      joined,
      member: "Jo Hargreaves",
      member_id: "9",
      device: "88".repeat(32),
    },
    ...more,
  });
}

async function inspected(more: Answers = {}) {
  const fake = program(more);
  const shown = await show(<MembersScreen />, { path: "/members?request=true" });
  await shown.user.click(await screen.findByRole("button", { name: "Choose the request…" }));
  await screen.findByRole("list", { name: "Words of the request" });
  return { ...shown, fake };
}

const wordsOf = (name: string) => within(screen.getByRole("list", { name })).getAllByRole("listitem").map((item) => item.textContent);
const compared = () => screen.getByLabelText("I compared these words with that laptop's screen");

// A page of this size takes jsdom seconds.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.spyOn(native, "pickFile").mockResolvedValue({ name: "jo.request", file: new File(["request"], "jo.request") });
});

describe("members and devices", () => {
  it("begin with the one who looks, and say what each may do", async () => {
    program();
    await show(<MembersScreen />, { path: "/members" });
    const rows = within(await screen.findByRole("table", { name: "Members" })).getAllByRole("row");
    expect(rows.map((row) => row.textContent)).toEqual([
      "NameRoleLaptops",
      "Ada OkaforyouOwner · writes, and lets laptops in1",
      "Bea LindqvistAuditor · reads, verifies and exports1",
    ]);
  });

  it("mark this laptop, and lead to what each laptop wrote", async () => {
    program();
    await show(<MembersScreen />, { path: "/members" });
    const rows = within(await screen.findByRole("table", { name: "Devices" })).getAllByRole("row");
    expect(rows[1]).toHaveTextContent("22222222this laptopAda OkaforOwner1,207");
    expect(rows[3]).toHaveTextContent("Recovery key");
    expect(screen.getByRole("link", { name: "1,207" })).toHaveAttribute("href", expect.stringContaining(me.device));
  });
});

describe("the words of a laptop", () => {
  it("are shown at each one, to be compared with what that laptop shows", async () => {
    const others = ["ivory", "jetty", "knoll", "larch", "maple", "north", "olive", "pearl"];
    const paper = deviceOf({ device: "66".repeat(32), role: "recovery" });
    program({ "GET /devices": [deviceOf({ self: true }), paper, deviceOf({ device: "55".repeat(32), member: bea.name, words: others })] });
    const { user } = await show(<MembersScreen />, { path: "/members" });
    expect(await screen.findAllByRole("button", { name: /Compare the words of/ })).toHaveLength(2);
    await user.click(await screen.findByRole("button", { name: "Compare the words of 55555555" }));
    await screen.findByRole("list", { name: "Words of the laptop" });
    expect(wordsOf("Words of the laptop")).toEqual(others);
    expect(screen.getByText(/Bea Lindqvist's laptop shows the same words/)).toBeVisible();
  });
});

describe("letting a laptop in", () => {
  it("needs the words to be compared first", async () => {
    const { user, fake } = await inspected();
    expect(screen.getByText("Jo Hargreaves asks to join with this laptop:")).toBeVisible();
    expect(wordsOf("Words of the request")).toEqual(words);
    expect(screen.getByRole("button", { name: "Approve" })).toBeDisabled();
    await user.click(compared());
    await user.click(screen.getByRole("button", { name: "Approve" }));
    expect(await screen.findByText("Jo Hargreaves may join")).toBeVisible();
    expect(fake.asked("POST /requests/approve").at(-1)?.body).toEqual({ file: btoa("request") });
  });

  it("hands out the grant with the words that the laptop will show", async () => {
    const save = vi.spyOn(native, "save").mockResolvedValue(true);
    const { user } = await inspected();
    await user.click(compared());
    await user.click(screen.getByRole("button", { name: "Approve" }));
    expect(await screen.findByText("The grant has not been saved yet.")).toBeVisible();
    expect(wordsOf("Words of the grant")).toEqual(joined);
    await user.click(screen.getByRole("button", { name: "Save the grant…" }));
    expect(save.mock.calls[0]?.[0]).toBe("jo.grant");
    expect(new TextDecoder().decode(save.mock.calls[0]?.[1])).toBe("grant");
    expect(await screen.findByText("Saved as jo.grant")).toBeVisible();
  });

  it("can make it a further laptop of a member", async () => {
    const { user, fake } = await inspected();
    await user.click(screen.getByRole("radio", { name: "A further laptop of a member" }));
    await user.click(compared());
    await user.click(screen.getByRole("button", { name: "Approve" }));
    expect(await screen.findByText("Choose the member.")).toBeVisible();
    await user.click(screen.getByLabelText("Member", { selector: "input" }));
    await user.click(await screen.findByRole("option", { name: "Bea Lindqvist" }));
    await user.click(screen.getByRole("button", { name: "Approve" }));
    await screen.findByText("Jo Hargreaves may join");
    expect(fake.asked("POST /requests/approve").at(-1)?.body).toEqual({ file: btoa("request"), member: bea.id });
  });

  it("takes who asks under a member's name for that member", async () => {
    await inspected({ "POST /requests/inspect": { words, member: "Bea Lindqvist", device: "88".repeat(32) } });
    expect(screen.getByRole("radio", { name: "A further laptop of a member" })).toBeChecked();
    expect(screen.getByLabelText("Member", { selector: "input" })).toHaveValue("Bea Lindqvist");
  });

  it("says what is wrong with a file that is no request", async () => {
    program({ "POST /requests/inspect": new Refusal({ code: "request", detail: "This is not a request to join.", hint: "Choose the file that ends with .request." }) });
    const { user } = await show(<MembersScreen />, { path: "/members?request=true" });
    await user.click(await screen.findByRole("button", { name: "Choose the request…" }));
    expect(await screen.findByText("This is not a request to join.")).toBeVisible();
    expect(screen.getByText("Choose the file that ends with .request.")).toBeVisible();
  });

  it("names the owners to whom somebody else must give the request", async () => {
    program({ "GET /state": stateOf({ me: { ...me, member_id: bea.id, role: "auditor" } }) });
    await show(<MembersScreen />, { path: "/members?request=true" });
    expect(await screen.findByText(/Give the request to one of: Ada Okafor/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Choose the request…" })).not.toBeInTheDocument();
  });
});
