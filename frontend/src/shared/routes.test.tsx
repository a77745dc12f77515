import { screen } from "@testing-library/react";
import { memo } from "react";
import { describe, expect, it } from "vitest";
import { show } from "../test";
import { readSearch, useAddress, useGo, usePath } from "./routes";

describe("what an address says", () => {
  it("is read for its screen, and dropped where it is not the screen's", () => {
    const raw = { search: 4711, where: ["vendor=Siemens", 3], new: true, sort: { evil: 1 }, other: "x" };
    expect(readSearch("assets", raw)).toEqual({ search: "4711", where: ["vendor=Siemens", "3"], new: true });
    expect(readSearch("trail", { order: "sideways", asset: "RAV-PLC-004" })).toEqual({ asset: "RAV-PLC-004" });
  });

  function Filter() {
    const [search, change] = useAddress("trail");
    const go = useGo();
    return (
      <>
        <p>{search.member ?? "anyone"}</p>
        <button onClick={() => change({ member: "Jo", asset: undefined })}>Jo</button>
        <button onClick={() => go("asset", { ref: "RAV-PLC-004", search: { tab: "notes" } })}>asset</button>
      </>
    );
  }

  it("changes in part, and leads to other screens", async () => {
    const { user, address } = await show(<Filter />, { path: "/trail?asset=RAV-PLC-004&type=asset.retired" });
    await user.click(screen.getByRole("button", { name: "Jo" }));
    expect(await screen.findByText("Jo", { selector: "p" })).toBeVisible();
    expect(address()).toBe("/trail?type=asset.retired&member=Jo");
    await user.click(screen.getByRole("button", { name: "asset" }));
    expect(address()).toBe("/assets/RAV-PLC-004?tab=notes");
  });

  it("draws only who reads it when a part of it changes", async () => {
    let drawn = 0;
    const Frame = memo(function Frame() {
      drawn++;
      return <p>{usePath()}</p>;
    });
    const { user } = await show([<Frame key="frame" />, <Filter key="filter" />], { path: "/trail" });
    const before = drawn;
    await user.click(screen.getByRole("button", { name: "Jo" }));
    expect(await screen.findByText("Jo", { selector: "p" })).toBeVisible();
    expect(screen.getByText("/trail")).toBeVisible();
    expect(drawn).toBe(before);
  });
});
