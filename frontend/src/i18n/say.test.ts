import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { say, speak, startI18n } from ".";

const tooLong = {
  pattern: "{0}: {1}",
  values: [
    { field: "location.room", text: "Room" },
    { pattern: "it is longer than {0} characters; shorten it", values: [{ text: "200" }] },
  ],
};

beforeEach(() => void startI18n());
afterEach(() => speak("en"));

describe("say", () => {
  it("says it in English with the labels of fields", () => {
    expect(say(tooLong)).toBe("Room: it is longer than 200 characters; shorten it.");
  });

  it("says it in German with the labels of fields", async () => {
    await speak("de");
    expect(say(tooLong)).toBe("Raum: der Text ist länger als 200 Zeichen; kürzen Sie ihn.");
  });

  it("begins with a capital, but leaves a value in front as it is", async () => {
    const retired = { pattern: "{0} is retired already", values: [{ text: "plc-7" }] };
    expect(say({ pattern: "there is nothing to sign" })).toBe("There is nothing to sign.");
    expect(say(retired)).toBe("plc-7 is retired already.");
    await speak("de");
    expect(say({ pattern: "there is nothing to sign" })).toBe("Es gibt nichts zu unterschreiben.");
    expect(say(retired)).toBe("plc-7 ist schon stillgelegt.");
  });

  it("leaves what is no sentence of the program, and what looks like a place, as it is", async () => {
    await speak("de");
    expect(say({ pattern: "a sentence of a later version: {0}", values: [{ text: "{1} there is nothing to sign" }] })).toBe(
      "A sentence of a later version: {1} there is nothing to sign.",
    );
    expect(say({ text: "there is nothing to sign" })).toBe("There is nothing to sign.");
    expect(say({})).toBe("");
    expect(say({}, "as sent")).toBe("as sent");
    expect(say(undefined, null)).toBe("");
  });
});
