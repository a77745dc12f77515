import { afterEach, expect, test } from "vitest";
import { speak } from "../i18n";
import { jobOf } from "../test";
import { stageOf } from "./stage";

afterEach(() => speak("en"));

test("a stage is said in the language of the page, and as it came where it is in no parts", async () => {
  const copying = jobOf({ stage: "copying", doing: { pattern: "copying" } });
  expect(stageOf(copying)).toBe("Copying…");
  await speak("de");
  expect(stageOf(copying)).toBe("Es wird kopiert…");
  expect(stageOf(jobOf({ stage: "Counting" }))).toBe("Counting");
  expect(stageOf(null)).toBe("");
});
