import { screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { speak } from "../i18n";
import { definitions, fakeProgram, fieldOf as field, show } from "../test";
import { useShow } from "./choices";
import { useDefinitions } from "./definitions";

function Told() {
  const { fieldOf } = useDefinitions();
  const lifecycle = fieldOf("lifecycle");
  return <p>{`${lifecycle.label}: ${useShow()(lifecycle, "in_service")}; ${fieldOf("custom.Kostenstelle").label}`}</p>;
}

afterEach(() => speak("en"));

it.each([
  ["en", "Lifecycle: in service; Kostenstelle"],
  ["de", "Lebenszyklus: in Betrieb; Kostenstelle"],
] as const)("names what the program defines in the language %s", async (language, text) => {
  const lifecycle = field({ name: "lifecycle", label: "Lifecycle", type: "choice", enum: ["in_service"] });
  fakeProgram({ "GET /definitions": { ...definitions, entities: { ...definitions.entities, asset: [lifecycle] } } });
  await speak(language);
  await show(<Told />);
  expect(await screen.findByText(text)).toBeVisible();
});
