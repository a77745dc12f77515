/**
 * soon runs what is due right after what runs now, all of it in one go: an answer that moves three things draws the page once. A timer, which is what
 * the query cache takes by itself, comes a frame later when the page is being drawn.
 */
export function soon(): (run: () => void) => void {
  const { port1: end, port2: begin } = new MessageChannel();
  let due: (() => void)[] = [];
  end.onmessage = () => {
    const now = due;
    due = [];
    for (const run of now) run();
  };
  return (run) => {
    if (due.push(run) === 1) begin.postMessage(null);
  };
}
