/** median is the middle of some figures. */
export function median(figures: number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** row prints a line of the table in docs/benchmarks.md. */
export function row(what: string, figure: string, wanted: string): void {
  process.stdout.write(`\n| ${what} | ${figure} | ${wanted} |\n`);
}

/** ms shows milliseconds as people read them. */
export const ms = (figure: number): string => `${figure < 10 ? figure.toFixed(1) : figure.toFixed(0)} ms`;
