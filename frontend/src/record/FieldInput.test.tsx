import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import type { Field } from "../api";
import { definitions, fakeProgram, fieldOf, show } from "../test";
import { FieldInput } from "./FieldInput";

function Form({ field, initial = "" }: { field: Field; initial?: string }) {
  const [value, setValue] = useState(initial);
  return (
    <>
      <FieldInput field={field} value={value} onChange={setValue} />
      <output>{JSON.stringify(value)}</output>
    </>
  );
}

const shown = () => screen.getByRole("status").textContent;

async function open(field: Field, initial?: string) {
  fakeProgram({ "GET /definitions": definitions });
  return show(<Form field={field} {...(initial !== undefined && { initial })} />);
}

describe("an input", () => {
  it("has label, help and length of its definition", async () => {
    await open(fieldOf({ name: "firmware", label: "Firmware", help: "As the device shows it.", max: 64 }));
    const input = screen.getByRole("textbox", { name: "Firmware" });
    expect(input).toHaveAccessibleDescription("As the device shows it.");
    expect(input).toHaveAttribute("maxlength", "64");
  });

  it("offers the choices of its definition in words and gives their text", async () => {
    const field = fieldOf({ name: "lifecycle", label: "Lifecycle", type: "choice", enum: ["in_service", "spare"] });
    const { user } = await open(field);
    await user.click(screen.getByRole("combobox", { name: "Lifecycle" }));
    await user.click(await screen.findByRole("option", { name: "in service", hidden: true }));
    expect(shown()).toBe('"in_service"');
  });

  it("names roles as the definitions do, and clears what may be empty", async () => {
    const field = fieldOf({ name: "role", label: "Role", type: "role", enum: ["plc", "hmi"] });
    await open(field, "plc");
    expect(await screen.findByDisplayValue("PLC")).toBeVisible();
  });

  it("takes sets part by part", async () => {
    const field = fieldOf({ name: "ports", label: "Ports", type: "ports" });
    const { user } = await open(field, "102/tcp");
    await user.type(screen.getByRole("combobox", { name: "Ports" }), "161/udp;");
    expect(shown()).toBe('"102/tcp;161/udp"');
  });

  it("counts the part that is still being typed, however it is left", async () => {
    const field = fieldOf({ name: "accounts", label: "Accounts", type: "labels" });
    const { user } = await open(field, "operator");
    const input = screen.getByRole("combobox", { name: "Accounts" });
    await user.type(input, "service desk");
    expect(shown()).toBe('"operator;service desk"');
    expect(input).toHaveValue("service desk");
    await user.clear(input);
    expect(shown()).toBe('"operator"');
    await user.type(input, "guest");
    await user.tab();
    expect(shown()).toBe('"operator;guest"');
    expect(input).toHaveValue("");
    await user.type(input, "Guest");
    await user.tab();
    expect(shown()).toBe('"operator;guest"');
    await user.click(input);
    await user.paste("a; b");
    expect(shown()).toBe('"operator;guest;a;b"');
  });

  it("leaves a set as it was to whoever passes, or takes a letter back", async () => {
    const { user } = await open(fieldOf({ name: "ports", label: "Ports", type: "ports" }), "102/tcp;161/udp");
    await user.click(screen.getByRole("combobox", { name: "Ports" }));
    await user.keyboard("5{Backspace}");
    await user.tab();
    expect(shown()).toBe('"102/tcp;161/udp"');
  });

  it("keeps the line breaks of prose", async () => {
    const { user } = await open(fieldOf({ name: "description", label: "Description", type: "prose" }));
    await user.type(screen.getByRole("textbox", { name: "Description" }), "one{Enter}two");
    expect(shown()).toBe(String.raw`"one\ntwo"`);
  });
});
