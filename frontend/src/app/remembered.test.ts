import { describe, expect, it } from "vitest";
import { usual } from "../shared";
import { readAppearance, remember, remembered } from "./remembered";

describe("the look of the program", () => {
  it("is remembered before the record is unlocked", () => {
    remember({ ...usual, theme: "contrast", touch: true, times: "utc" });
    expect(remembered()).toEqual({ ...usual, theme: "contrast", touch: true, times: "utc" });
  });

  it("is the usual where nothing sensible is remembered", () => {
    localStorage.setItem("fieldbook-appearance", "{broken");
    expect(remembered()).toEqual(usual);
    expect(readAppearance({ theme: "pink", touch: "yes", language: 7 }, usual)).toEqual(usual);
    expect(readAppearance(null, usual)).toEqual(usual);
  });
});
