import { expect, test } from "vitest";
import { RowKeys } from "./rowKeys";

/** drawn are the rows of a window with the held row before or after them, as the table draws them. */
function drawn(first: number, size: number, held: number): number[] {
  const rows = Array.from({ length: size }, (_, at) => first + at);
  if (rows.includes(held)) return rows;
  return held < first ? [held, ...rows] : [...rows, held];
}

test("a jump takes over the elements of the rows that went", () => {
  const keys = new RowKeys();
  const before = keys.of(drawn(10, 5, 0), 0);
  expect(keys.of(drawn(40, 5, 0), 0)).toEqual(before);
});

test("a row keeps its element while it is drawn, and one that comes beside it has its own", () => {
  const keys = new RowKeys();
  const before = keys.of(drawn(10, 5, 0), 0);
  const after = keys.of(drawn(12, 5, 0), 0);
  expect(after.slice(0, 4)).toEqual([before[0], ...before.slice(3)]);
  expect(before).not.toContain(after[4]);
  expect(before).not.toContain(after[5]);
});

test("of all ways to scroll none gives two rows one element or takes that of a row which stays", () => {
  const windows = [1, 2, 3].flatMap((size) => Array.from({ length: 9 - size }, (_, first) => ({ first, size })));
  for (let held = 0; held < 9; held++) {
    for (const from of windows) {
      for (const to of windows) {
        const keys = new RowKeys();
        const [one, two] = [drawn(from.first, from.size, held), drawn(to.first, to.size, held)];
        const [before, after] = [keys.of(one, held), keys.of(two, held)];
        const way = `${JSON.stringify(one)} to ${JSON.stringify(two)} with ${held} held`;
        expect(new Set(after).size, way).toBe(two.length);
        for (const row of one.filter((each) => two.includes(each))) expect(after[two.indexOf(row)], way).toBe(before[one.indexOf(row)]);
      }
    }
  }
});
