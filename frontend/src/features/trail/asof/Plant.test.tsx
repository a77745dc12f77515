import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Asset, AssetRow } from "../../../api";
import { definitions, fakeProgram, show, stateOf } from "../../../test";
import { Plant } from "./Plant";

const rowOf = (id: string, firmware: string): AssetRow => ({
  id,
  tag: id,
  site: "RAV",
  lifecycle: "in_service",
  values: { firmware },
  concurrent: [],
  unverified: false,
  void: null,
  merged_into: null,
});

test("every asset of a page is compared, also where none of them is on today's", async () => {
  const page = (name: string) => Array.from({ length: 60 }, (_, at) => rowOf(`${name}-${at}`, "V1"));
  // The last ten have other firmware now.
  const present = (ref: string) => ({ ...rowOf(ref, ""), fields: { firmware: Number(ref.slice(5)) < 50 ? "V1" : "V2" } }) as unknown as Asset;
  fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /assets": ({ query }) => (query.has("as_of") ? { total: 60, items: page("then") } : { total: 400, items: page("late") }),
    "GET /assets/{ref}": ({ path }) => present(path.ref ?? ""),
  });
  await show(<Plant at="2026-01-01T00:00:00Z" />, { path: "/trail" });
  expect(await screen.findByText(/10 assets on this page differ from now/)).toBeVisible();
});
