import type { Browser, Page } from "@playwright/test";

interface TraceEvent {
  name: string;
  ph: string;
  dur?: number; // microseconds
  pid: number;
  tid: number;
  args?: { name?: string };
}

/** tasks gives how long the page's main thread was held by each task while something was done, in milliseconds, longest first: a frame
 *  can be late by no more than that. It is read from Chromium's own trace. */
export async function tasks(browser: Browser, page: Page, work: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline", "__metadata"] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const main = new Set(
    traceEvents.filter((e) => e.name === "thread_name" && e.args?.name === "CrRendererMain").map((e) => `${e.pid} ${e.tid}`),
  );
  return traceEvents
    .filter((e) => e.ph === "X" && /RunTask/.test(e.name) && main.has(`${e.pid} ${e.tid}`))
    .map((e) => (e.dur ?? 0) / 1000)
    .toSorted((a, b) => b - a);
}

/** painted waits in the page until something is there and on the screen: the frame after next has begun. It gives the milliseconds
 *  since since, by the page's own clock. */
export async function painted(page: Page, selector: string, text: RegExp, since: number): Promise<number> {
  return page.evaluate(
    async ([selector, source, since]) => {
      const there = () => new RegExp(source).test(document.querySelector(selector)?.textContent ?? "");
      const frame = () => new Promise(requestAnimationFrame);
      for (let waited = performance.now(); !there(); await frame()) {
        if (performance.now() - waited > 30_000) throw new Error(`${selector} does not show ${source}`);
      }
      await frame();
      return performance.timeOrigin + performance.now() - since;
    },
    [selector, text.source, since] as const,
  );
}
