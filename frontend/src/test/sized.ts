import { vi } from "vitest";

/** sized gives every element a size, which jsdom does not: lists that draw only what is in sight would draw nothing. */
export function sized(width = 1000, height = 600): void {
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(width);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(height);
}
