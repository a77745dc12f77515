import { readdirSync, readFileSync } from "node:fs";

/** mib is what a process and all that it started hold of the machine's memory, in MiB. What processes share is counted once, by its parts (PSS). */
export function mib(pid: number): number {
  const kib = family(pid).map((member) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${member}/smaps_rollup`))?.[1] ?? 0));
  return kib.reduce((sum, each) => sum + each, 0) / 1024;
}

/** family is a process with its children and theirs. */
function family(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    // The parent is the second word after the program's name, which may hold blanks and brackets itself.
    const parent = Number(/.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const of = (one: number): number[] => [one, ...(children.get(one) ?? []).flatMap(of)];
  return of(pid);
}

/** read gives nothing of a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** pace is how often memory is looked at, in milliseconds. */
const pace = 500;

/** calm is for how many looks it must stay as it is, within a hundredth, to count as at rest. */
const calm = 10;

/** Weighed is the memory of a program while it works, in MiB. */
export interface Weighed {
  most: number;
  rest: number; // once nothing changes any more
}

/** weigh looks at a program until it has come to rest. */
export async function weigh(pid: number): Promise<Weighed> {
  const seen: number[] = [];
  const steady = () => {
    const last = seen.slice(-calm);
    return last.length === calm && Math.max(...last) - Math.min(...last) < Math.max(...last) / 100;
  };
  while (!steady()) {
    seen.push(mib(pid));
    await new Promise((next) => setTimeout(next, pace));
  }
  return { most: Math.max(...seen), rest: seen.at(-1) ?? NaN };
}
