import { vi } from "vitest";

/** sized gives every element a size, which jsdom does not: lists that draw only what is in sight would draw nothing. */
export function sized(width = 1000, height = 600): void {
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(width);
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(height);
}
