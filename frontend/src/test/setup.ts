import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { speak, startI18n } from "../i18n";

startI18n();
// What a test waits for comes at once on a quiet machine; a busy one gets the time it needs.
configure({ asyncUtilTimeout: 15_000 });

// jsdom has none of these, and Mantine asks for them.
window.matchMedia = (query: string) =>
  ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
}) as Partial<MediaQueryList> as MediaQueryList;
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Object.defineProperty(document, "fonts", { value: { addEventListener: () => undefined, removeEventListener: () => undefined } });
window.scrollTo = () => undefined;
window.HTMLElement.prototype.scrollIntoView = () => undefined;
window.HTMLElement.prototype.scrollTo = () => undefined;
window.Blob.prototype.arrayBuffer = function (this: Blob) {
  const reader = new FileReader();
  return new Promise((resolve) => {
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.readAsArrayBuffer(this);
  });
};

// Node's Request knows no page whose address a relative one belongs to.
const Whole = globalThis.Request;
globalThis.Request = class extends Whole {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === "string" ? new URL(input, window.location.href) : input, init);
  }
};

beforeEach(async () => {
  await speak("en");
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(cleanup);
