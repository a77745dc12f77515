import { expect, test } from "vitest";
import { countSelected, everything, isSelected, nothing, withIds, without } from "./selection";

const row = (id: string, reason: string | null = null) => ({ id, void: reason });

test("ids are added and taken away", () => {
  const two = withIds(nothing, ["a", "b"], true);
  expect(isSelected(two, row("a"))).toBe(true);
  expect(countSelected(withIds(two, ["a"], false), 9)).toBe(1);
  expect(countSelected(nothing, 9)).toBe(0);
});

test("all that fit are selected without their ids being known", () => {
  expect(isSelected(everything, row("never loaded"))).toBe(true);
  expect(countSelected(everything, 50_000)).toBe(50_000);
});

test("one taken out of all leaves the others", () => {
  const rest = without(["a", "b", "c"], "b");
  expect(isSelected(rest, row("b"))).toBe(false);
  expect(countSelected(rest, 3)).toBe(2);
});

test("what was struck is never selected", () => {
  expect(isSelected(everything, row("a", "typed twice"))).toBe(false);
});
