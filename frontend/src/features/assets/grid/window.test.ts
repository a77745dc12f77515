import { expect, test } from "vitest";
import { pagesOf } from "./window";

test("the pages around what is in sight are asked for, and the first, which knows the length", () => {
  expect(pagesOf({ first: 0, last: 30 })).toEqual([0]);
  expect(pagesOf({ first: 190, last: 210 })).toEqual([0, 1]);
  expect(pagesOf({ first: 49_990, last: 50_010 })).toEqual([0, 249, 250]);
  expect(pagesOf({ first: -1, last: -1 })).toEqual([0]);
});
