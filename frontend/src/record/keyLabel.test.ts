import { expect, test } from "vitest";
import { fieldOf } from "../test";
import { entityOf } from "./useKeyLabel";
import { keyLabel } from "./keyLabel";

const labels: Record<string, string> = { ip_address: "IP address", ports: "Open ports" };
const label = (name: string) => fieldOf({ name, label: labels[name] ?? name, scope: name in labels ? "interface" : "own" });

test.each([
  ["ports/tcp-443/port", "Open ports · tcp-443 · port"],
  ["ports/tcp-443/removed", "Open ports · tcp-443 · gone"],
  ["interfaces/X2/ip_address", "X2 · IP address"],
  ["interfaces/Gi0/1/ports/tcp-443/port", "Gi0/1 · Open ports · tcp-443 · port"],
  ["interfaces/X2/removed", "X2 · gone"],
  [`interfaces/${"ab".repeat(16)}/ip_address`, "abababab · IP address"],
  ["interfaces/X2/unheard", "interfaces/X2/unheard"],
])("%s reads %s", (name, words) => {
  expect(keyLabel(name, label, "gone")).toBe(words);
});

test("whatever type an entry has, an entity that is there names its fields", () => {
  expect(entityOf("workspace.edited")).toBe("workspace");
  expect(entityOf("unheard.of")).toBe("asset");
  expect(entityOf("constructor.made")).toBe("asset");
});
