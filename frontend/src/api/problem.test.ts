import { describe, expect, it } from "vitest";
import { speak } from "../i18n";
import { fakeProgram, Refusal } from "../test";
import { api, ok } from "./client";
import { elsewhere, Problem, problemOf } from "./problem";

describe("problems", () => {
  it("come out of a call with what to do and what is wrong with which field", async () => {
    const errors = [{ field: "ip_address", message: "10.20.1.300 is not an IP address." }];
    fakeProgram({
      "PATCH /assets/{ref}": new Refusal({ code: "refused", detail: "A rule refuses this.", hint: "Mend it.", errors }),
    });
    const params = { path: { ref: "RAV-PLC-004" } };
    const failed = await ok(api.PATCH("/assets/{ref}", { params, body: { fields: {}, reason: "r" } })).catch(problemOf);
    expect(failed).toBeInstanceOf(Problem);
    expect(failed).toMatchObject({
      code: "refused",
      message: "A rule refuses this.",
      hint: "Mend it.",
      fields: { ip_address: "10.20.1.300 is not an IP address." },
    });
  });

  it("are in the language of the page where the program sends its sentences in parts", async () => {
    const said = { pattern: "it is longer than {0} characters; shorten it", values: [{ text: "200" }] };
    await speak("de");
    const problem = new Problem({ code: "refused", detail: "x", said: { detail: said }, errors: [{ field: "name", message: "x", said }] });
    await speak("en");
    const german = "Der Text ist länger als 200 Zeichen; kürzen Sie ihn.";
    expect(problem).toMatchObject({ message: german, hint: "", fields: { name: german } });
  });

  it("are told where no field of the form tells them", () => {
    const shown = (name: string) => name === "name";
    const refusal = (...fields: string[]) => new Problem({ code: "refused", detail: "x", errors: fields.map((field) => ({ field, message: "x" })) });
    expect(elsewhere(null, shown)).toBeNull();
    expect(elsewhere(refusal("name"), shown)).toBeNull();
    for (const told of [refusal(), refusal(""), refusal("name", "hidden"), new Error("x")]) expect(elsewhere(told, shown)).toBe(told);
  });

  it("say when nobody answers", async () => {
    fakeProgram({}).fetch.mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(ok(api.GET("/state"))).rejects.toMatchObject({ code: "gone" });
  });

  it("show nothing of what was not meant for people", () => {
    expect(problemOf(new Error("secret path"))).toMatchObject({ code: "internal", message: "" });
    expect(problemOf("<html>")).toMatchObject({ code: "internal", message: "" });
  });
});
