import { expect, test } from "vitest";
import { firstLayout, moved, narrowest, readLayout, readView, resized, shown, widest } from "./layout";

const layout = { columns: ["tag", "site", "role", "zone"], widths: {} };

test("a column moves by steps or to another, and the tag stays first", () => {
  expect(moved(layout, "zone", -1).columns).toEqual(["tag", "site", "zone", "role"]);
  expect(moved(layout, "site", "zone").columns).toEqual(["tag", "role", "zone", "site"]);
  expect(moved(layout, "site", -1)).toBe(layout);
  expect(moved(layout, "tag", 1)).toBe(layout);
  expect(moved(layout, "zone", 1)).toBe(layout);
});

test("columns are shown and hidden, but for the tag", () => {
  expect(shown(layout, "vlan", true).columns).toEqual(["tag", "site", "role", "zone", "vlan"]);
  expect(shown(layout, "role", false).columns).toEqual(["tag", "site", "zone"]);
  expect(shown(layout, "tag", false)).toBe(layout);
});

test("a width stays where the column can be seen and grasped", () => {
  expect(resized(layout, "role", 3).widths).toEqual({ role: narrowest });
  expect(resized(layout, "role", 4000).widths).toEqual({ role: widest });
});

test("what was kept comes back, and nonsense never breaks the screen", () => {
  expect(readLayout({ columns: ["tag", "vlan", "vlan"], widths: { vlan: 90, role: -4, zone: "x" } })).toEqual({
    columns: ["tag", "vlan"],
    widths: { vlan: 90 },
  });
  for (const nonsense of [undefined, null, 4, [], { columns: "all" }, { columns: [] }]) {
    expect(readLayout(nonsense).columns).toEqual(firstLayout.columns);
  }
  expect(readView({ columns: ["zone"], where: ["zone=Z1", "zone", 7], search: "plc", sort: "-tag", struck: true })).toEqual({
    columns: ["tag", "zone"],
    widths: {},
    where: ["zone=Z1"],
    search: "plc",
    sort: "-tag",
    struck: true,
  });
});
