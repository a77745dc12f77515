import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** WCAG 2.2 AA, with what it takes over from its predecessors. */
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** barriers are what keeps people from using the page as it is now, and where. */
export async function barriers(page: Page): Promise<{ id: string; at: string[] }[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.map(({ id, nodes }) => ({ id, at: nodes.slice(0, 5).map((node) => `${String(node.target)}: ${node.failureSummary ?? ""}`) }));
}
