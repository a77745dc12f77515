import { describe, expect, it } from "vitest";
import { csvOf } from "./csv";

const cellOf = (cell: string) => csvOf(["h"], [[cell]]).split("\r\n")[1];

describe("a table for spreadsheet programs", () => {
  it("begins with a byte order mark and ends each row as they do", () => {
    expect(csvOf(["Zeile", "Größe"], [["1", "ok"]])).toBe("\uFEFFZeile,Größe\r\n1,ok\r\n");
  });

  it.each([
    ["a plain text", "a plain text"],
    ["one, two", '"one, two"'],
    ['the "old" one', '"the ""old"" one"'],
    ["two\nlines", '"two\nlines"'],
  ])("quotes %j where needed", (cell, written) => {
    expect(cellOf(cell)).toBe(written);
  });

  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["-cmd", "'-cmd"],
    ["-5.25", "-5.25"],
    ["@sum", "'@sum"],
    ["＝1", "'＝1"],
    ["a;=b", "\"a;'=b\""],
    ["'=1", "''=1"],
  ])("keeps %j from being run", (cell, written) => {
    expect(cellOf(cell)).toBe(written);
  });
});
