import { expect, test } from "vitest";
import { move } from "./move";

const extent = { rows: 100, columns: 5, page: 20 };
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });

test.each([
  ["ArrowDown", false, { row: 11, column: 2 }],
  ["ArrowUp", false, { row: 9, column: 2 }],
  ["ArrowLeft", false, { row: 10, column: 1 }],
  ["ArrowRight", false, { row: 10, column: 3 }],
  ["Home", false, { row: 10, column: 0 }],
  ["End", false, { row: 10, column: 4 }],
  ["Home", true, { row: 0, column: 0 }],
  ["End", true, { row: 99, column: 4 }],
  ["PageDown", false, { row: 30, column: 2 }],
  ["PageUp", false, { row: 0, column: 2 }],
])("%s (with Ctrl: %s) leads to %o", (key, ctrl, to) => {
  expect(move({ row: 10, column: 2 }, press(key, ctrl), extent)).toEqual(to);
});

test("the header lies above the first row, and nothing beyond the edges", () => {
  expect(move({ row: 0, column: 0 }, press("ArrowUp"), extent)).toEqual({ row: -1, column: 0 });
  expect(move({ row: -1, column: 0 }, press("ArrowUp"), extent)).toEqual({ row: -1, column: 0 });
  expect(move({ row: 99, column: 4 }, press("ArrowDown"), extent)).toEqual({ row: 99, column: 4 });
  expect(move({ row: 99, column: 4 }, press("ArrowRight"), extent)).toEqual({ row: 99, column: 4 });
});

test("other keys move nothing", () => {
  expect(move({ row: 0, column: 0 }, press("a"), extent)).toBeUndefined();
});
