import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeProgram, jobOf, Refusal, show, stateOf } from "../../test";
import { StartScreen, UnlockScreen } from ".";

const key = "AB12 CD34 EF56 GH78 JK90 MN12 PQ34 RS56 TU78 VW90 XY12 ZA34 BC56 DE78";
const nothing = stateOf({ phase: "none", current: null, workspace: null, me: null });

async function fillCreate(user: Awaited<ReturnType<typeof show>>["user"]) {
  await user.type(await screen.findByLabelText(/Name of the plant/), "Ravensmere");
  await user.type(screen.getByLabelText(/Your full name/), "Ada Okafor");
  await user.type(screen.getByLabelText(/^Passphrase/), "correct horse");
  await user.type(screen.getByLabelText(/same passphrase again/), "correct horse");
  await user.click(screen.getByRole("button", { name: "Create the record" }));
}

describe("start", () => {
  it("offers every way, and the records of this computer", async () => {
    const known = [{ dir: "/data/northgate", name: "Northgate", phase: "locked" as const }];
    const selected = stateOf({ phase: "locked", current: { dir: "/data/northgate", name: "Northgate" } });
    const program = fakeProgram({ "GET /state": { ...nothing, known }, "POST /workspaces/select": selected });
    const { user, address } = await show(<StartScreen />, { path: "/start" });
    const links = await screen.findAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual(
      ["create", "join", "open", "restore", "sample"].map((way) => `/start?way=${way}`),
    );
    await user.click(screen.getByRole("button", { name: /Northgate/ }));
    await waitFor(() => expect(address()).toBe("/unlock"));
    expect(program.asked("POST /workspaces/select")[0]?.body).toEqual({ dir: "/data/northgate" });
  });

  it("does not let go of a new record before two groups of its recovery key are typed", async () => {
    fakeProgram({ "GET /state": nothing, "POST /workspaces": { recovery_key: key, state: stateOf() } });
    const { user, address } = await show(<StartScreen />, { path: "/start?way=create" });
    await fillCreate(user);

    const groups = within(await screen.findByRole("list", { name: "Recovery key" })).getAllByRole("listitem");
    expect(groups.map((group) => group.textContent)).toEqual(key.split(" "));
    await user.click(screen.getByRole("button", { name: "I have written it down" }));
    const inputs = await screen.findAllByLabelText(/^Group \d+/);
    expect(inputs).toHaveLength(2);
    for (const input of inputs) await user.type(input, "NOPE");
    await user.click(screen.getByRole("button", { name: "Finish" }));
    expect(await screen.findAllByText(/not that group of the key/)).toHaveLength(2);
    expect(address()).toBe("/start?way=create");

    for (const input of screen.getAllByRole("textbox")) {
      const number = Number(/\d+/.exec(within(input.closest("div.mantine-TextInput-root") ?? document.body).getByText(/^Group/).textContent)?.[0]);
      await user.clear(input);
      await user.type(input, (key.split(" ")[number - 1] ?? "").toLowerCase());
    }
    await user.click(screen.getByRole("button", { name: "Finish" }));
    await waitFor(() => expect(address()).toBe("/"));
  });

  it("asks for the same passphrase twice before it asks the program", async () => {
    const program = fakeProgram({ "GET /state": nothing });
    const { user } = await show(<StartScreen />, { path: "/start?way=sample" });
    await user.type(await screen.findByLabelText(/^Passphrase/), "one");
    await user.type(screen.getByLabelText(/same passphrase again/), "two");
    await user.click(screen.getByRole("button", { name: "Make the sample plant" }));
    expect(await screen.findByText(/passphrases differ/)).toBeVisible();
    expect(program.asked("POST /workspaces/sample")).toEqual([]);
  });

  it("puts what the program refuses at its field", async () => {
    const errors = [{ field: "name", message: "There is such a folder already." }];
    fakeProgram({
      "GET /state": nothing,
      "POST /workspaces": new Refusal({ code: "exists", detail: "This folder already holds a workspace.", errors }),
    });
    const { user } = await show(<StartScreen />, { path: "/start?way=create" });
    await fillCreate(user);
    expect(await screen.findByText("There is such a folder already.")).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent("This folder already holds a workspace.");
  });

  it("joins in two visits: the words of the request, then the owner's file", async () => {
    const words = ["apple", "river", "stone", "cloud", "amber", "field", "lamp", "quiet"];
    const asking = stateOf({ phase: "requested", workspace: null, me: null, words });
    const program = fakeProgram({
      "GET /state": asking,
      "POST /workspaces/join": { words: ["oak", "salt"], state: stateOf() },
    });
    const { user, address } = await show(<StartScreen />, { path: "/start" });
    expect(within(await screen.findByRole("list", { name: "Words of the request" })).getAllByRole("listitem")).toHaveLength(8);

    const grant = new File([new Uint8Array([1, 2, 3])], "jo.grant");
    const drop = new Event("drop", { cancelable: true });
    Object.assign(drop, { dataTransfer: { files: [grant], types: ["Files"] } });
    document.dispatchEvent(drop);
    expect(await screen.findByRole("button", { name: "Grant file: jo.grant" })).toBeVisible();
    await user.type(screen.getByLabelText(/^Passphrase/), "correct horse");
    await user.click(screen.getByRole("button", { name: "Join" }));
    expect(await screen.findByRole("list", { name: "Words of the grant" })).toHaveTextContent("oaksalt");
    expect(program.asked("POST /workspaces/join")[0]?.body).toEqual({ grant: "AQID", passphrase: "correct horse" });
    await user.click(screen.getByRole("button", { name: "Go on to the first sync" }));
    await waitFor(() => expect(address()).toBe("/sync"));
  });

  it("makes the sample plant and says how far it is", async () => {
    const states = [nothing];
    fakeProgram({
      "GET /state": () => states.shift() ?? stateOf(),
      "POST /workspaces/sample": jobOf({ kind: "sample" }),
      "GET /jobs/{id}": jobOf({ kind: "sample", state: "done", revision: 2 }),
    });
    const { user, address } = await show(<StartScreen />, { path: "/start?way=sample" });
    await user.type(await screen.findByLabelText(/^Passphrase/), "one");
    await user.type(screen.getByLabelText(/same passphrase again/), "one");
    await user.click(screen.getByRole("button", { name: "Make the sample plant" }));
    await waitFor(() => expect(address()).toBe("/"));
  });
});

describe("unlock", () => {
  const locked = stateOf({ phase: "locked", workspace: null, me: null });

  it("goes back to where the person was", async () => {
    const program = fakeProgram({ "GET /state": locked, "POST /workspaces/open": stateOf() });
    const path = `/unlock?back=${encodeURIComponent("/trail?asset=RAV-PLC-004")}`;
    const { user, address } = await show(<UnlockScreen />, { path });
    await user.type(await screen.findByLabelText(/^Passphrase/), "correct horse{Enter}");
    await waitFor(() => expect(address()).toBe("/trail?asset=RAV-PLC-004"));
    expect(program.asked("POST /workspaces/open")[0]?.body).toEqual({ dir: "/data/ravensmere", passphrase: "correct horse" });
  });

  it("says that the passphrase was wrong, and empties the field", async () => {
    const wrong = new Refusal({ code: "passphrase", detail: "Wrong passphrase.", status: 403 });
    fakeProgram({ "GET /state": locked, "POST /workspaces/open": wrong });
    const { user } = await show(<UnlockScreen />, { path: "/unlock" });
    await user.type(await screen.findByLabelText(/^Passphrase/), "guess{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Wrong passphrase.");
    expect(screen.getByLabelText(/^Passphrase/)).toHaveValue("");
  });

  it("follows no address of anybody else", async () => {
    fakeProgram({ "GET /state": locked, "POST /workspaces/open": stateOf() });
    const { user, address } = await show(<UnlockScreen />, { path: `/unlock?back=${encodeURIComponent("https://evil.example")}` });
    await user.type(await screen.findByLabelText(/^Passphrase/), "x{Enter}");
    await waitFor(() => expect(address()).toBe("/"));
  });
});
