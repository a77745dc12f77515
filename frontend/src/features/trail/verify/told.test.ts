import { expect, it } from "vitest";
import { adviceOf } from "./told";

const found = (...kinds: string[]) => kinds.map((kind) => ({ feed: null, seq: null, kind, detail: "" }));

it("has nothing to advise where everything holds", () => {
  expect(adviceOf([], 0)).toEqual(["ok"]);
});

it("keeps a damaged log as evidence before anything else", () => {
  expect(adviceOf(found("chain", "read_models"), 0)).toEqual(["keep", "restore", "tell"]);
});

it("rebuilds lists whose log holds", () => {
  expect(adviceOf(found("read_models"), 0)).toEqual(["rebuild"]);
});

it("tells this laptop's log from what the other side holds", () => {
  expect(adviceOf(found("rollback"), 0)).toEqual(["rollback"]);
  expect(adviceOf(found("remote_segment"), 0)).toEqual(["remote"]);
});

it("takes a kind that this program does not know for damage", () => {
  expect(adviceOf(found("something_new"), 0)).toEqual(["keep", "restore", "tell"]);
});

it("asks to finish the sync while history has not arrived", () => {
  expect(adviceOf([], 3)).toEqual(["incomplete"]);
});
