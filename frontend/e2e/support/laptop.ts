import { execFile, spawn, type ChildProcess } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** passphrase is that of every laptop of the tests. */
export const passphrase = "correct horse battery staple";

/** root is the project's folder. */
export const root = resolve(import.meta.dirname, "../../..");
const program = process.env["FIELDBOOK_BIN"] ?? join(root, "bin/fieldbook");

/** inventory is a list of the sample plant. */
export const inventory = (name: string) => join(root, "testdata/inventory", name);

/** Laptop is one device: a folder of its own, the command line on it, and the page that `fieldbook ui` serves. */
export class Laptop {
  readonly dir: string;
  private serving: ChildProcess | null = null;

  /** home stands for the person's home folder, so that nothing outside of a test's own folders is seen. */
  constructor(
    readonly home: string,
    readonly name: string,
  ) {
    this.dir = join(home, name);
  }

  /** run gives what a command prints; a command that fails rejects with what it said. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(program, ["--dir", this.dir, ...args], { env: this.surroundings(), maxBuffer: 1 << 26 });
    return stdout;
  }

  /** answer gives what a command answers in JSON. */
  async answer<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.run("--json", ...args)) as T;
  }

  /** serve starts `fieldbook ui` and gives its address, which opens one page. */
  async serve(): Promise<string> {
    const serving = spawn(program, ["--dir", this.dir, "ui", "--no-browser"], { env: this.surroundings(), stdio: ["ignore", "pipe", "inherit"] });
    this.serving = serving;
    for await (const line of createInterface({ input: serving.stdout })) return line.trim();
    throw new Error("fieldbook ui ended without an address");
  }

  /** pid is that of the page's program while it runs. */
  get pid(): number | undefined {
    return this.serving?.pid;
  }

  /** close ends the page's program, as Ctrl+C does. */
  async close(): Promise<void> {
    const serving = this.serving;
    this.serving = null;
    if (serving?.exitCode !== null || serving.signalCode !== null) return;
    const ended = new Promise((done) => serving.once("exit", done));
    serving.kill("SIGTERM");
    await ended;
  }

  /** copy gives a laptop elsewhere that holds what this one does. */
  async copy(home: string): Promise<Laptop> {
    await mkdir(home, { recursive: true });
    const other = new Laptop(home, this.name);
    await cp(this.dir, other.dir, { recursive: true });
    return other;
  }

  private surroundings(): NodeJS.ProcessEnv {
    const own = { HOME: this.home, XDG_DATA_HOME: join(this.home, "data"), XDG_CACHE_HOME: join(this.home, "cache") };
    return { PATH: process.env["PATH"], LANG: "C.UTF-8", TZ: "Europe/London", FIELDBOOK_PASSPHRASE: passphrase, ...own };
  }
}
