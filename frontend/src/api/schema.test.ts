import { readFile } from "node:fs/promises";
import openapi, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { expect, it } from "vitest";

it("has types that are current with the program's description; `npm run types` renews them", async () => {
  const description = await readFile("../localapi/openapi.json", "utf8");
  const made = COMMENT_HEADER + astToString(await openapi(description));
  expect(await readFile("src/api/schema.d.ts", "utf8")).toBe(made);
});
