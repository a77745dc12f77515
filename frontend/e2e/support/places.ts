import type { Locator, Page } from "@playwright/test";

/** Place is a screen with something in it: its address, and what is in sight once it is drawn. */
interface Place {
  name: string;
  address: string;
  shown: (page: Page) => Locator;
}

/** places are all screens of an open record, in the order of the navigation, with what opens over them. */
export const places: Place[] = [
  { name: "today", address: "#/", shown: (page) => page.getByText("To look at") },
  { name: "assets", address: "#/assets", shown: (page) => page.getByText("199 assets", { exact: true }) },
  { name: "asset", address: "#/assets/RAV-PLC-004", shown: (page) => page.getByRole("tab", { name: "Facts" }) },
  { name: "history", address: "#/assets/RAV-PLC-004?tab=history", shown: (page) => page.getByText("asset list rev 14").first() },
  { name: "notes", address: "#/notes", shown: (page) => page.getByText(/Vendor replaced the memory card/).first() },
  { name: "note", address: "#/notes?new=true", shown: (page) => page.getByRole("dialog") },
  { name: "findings", address: "#/findings", shown: (page) => page.getByRole("option").first() },
  { name: "trail", address: "#/trail", shown: (page) => page.getByText("CR-0042 step 3").first() },
  { name: "verify", address: "#/trail?verify=true", shown: (page) => page.getByRole("checkbox", { name: "Deep check" }) },
  { name: "import", address: "#/import", shown: (page) => page.getByRole("button", { name: "Choose a file…" }) },
  { name: "sync", address: "#/sync", shown: (page) => page.getByRole("heading", { name: "Receipts" }) },
  { name: "remote", address: "#/sync?add=true", shown: (page) => page.getByRole("dialog") },
  { name: "members", address: "#/members", shown: (page) => page.getByRole("heading", { name: "Devices", exact: true }) },
  { name: "approve", address: "#/members?request=true", shown: (page) => page.getByRole("dialog") },
  { name: "settings", address: "#/settings", shown: (page) => page.getByText("Appearance") },
];
