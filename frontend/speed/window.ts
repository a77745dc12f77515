import { execFile, spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { passphrase, root, type Laptop } from "../e2e/support/laptop";

const program = process.env["FIELDBOOK_DESKTOP_BIN"] ?? join(root, "bin/fieldbook-desktop");

/** Window is the program's true window, on a display of its own that nobody sees. */
export class Window {
  private constructor(
    private readonly screen: ChildProcess,
    private readonly display: string,
    private readonly running: ChildProcess,
    readonly pid: number,
  ) {}

  /** open starts the window on a laptop's record and unlocks it. */
  static async open(laptop: Laptop): Promise<Window> {
    const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const display = `:${await line(screen)}`;
    const own = { HOME: laptop.home, XDG_CONFIG_HOME: join(laptop.home, "config"), XDG_DATA_HOME: join(laptop.home, "data"), XDG_CACHE_HOME: join(laptop.home, "cache") };
    const env = { PATH: process.env["PATH"], LANG: "C.UTF-8", TZ: "Europe/London", DISPLAY: display, FIELDBOOK_PASSPHRASE: passphrase, ...own };
    const running = spawn(program, ["--dir", laptop.dir], { env, stdio: "ignore" });
    const { pid } = running;
    if (pid === undefined) throw new Error(`${program} does not start`);
    const window = new Window(screen, display, running, pid);
    const id = await window.send("search", "--sync", "--onlyvisible", "--all", "--pid", `${pid}`, "--name", "Fieldbook");
    await window.send("windowfocus", "--sync", id.split("\n")[0] ?? "");
    return window;
  }

  /** send moves the mouse or presses keys, as xdotool says it. */
  async send(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)("xdotool", words, { env: { ...process.env, DISPLAY: this.display } });
    return stdout;
  }

  /** close ends the program, and then its display. */
  async close(): Promise<void> {
    const ended = new Promise((done) => this.running.once("exit", done));
    this.running.kill("SIGTERM");
    await ended;
    this.screen.kill();
  }
}

async function line(screen: ChildProcess): Promise<string> {
  const said = screen.stdio[3];
  if (!said || !("read" in said)) throw new Error("Xvfb has no way to name its display");
  for await (const first of createInterface({ input: said })) return first.trim();
  throw new Error("Xvfb names no display");
}
