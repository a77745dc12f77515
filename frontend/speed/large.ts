import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inventory, Laptop } from "../e2e/support/laptop";

/** large makes a laptop whose record holds the sample plant's list over and over, every tag once, up to size assets. */
export async function large(home: string, size: number): Promise<Laptop> {
  const [header, ...rows] = (await readFile(inventory("assets.csv"), "utf8")).trim().split(/\r?\n/);
  if (!header) throw new Error("the sample list is empty");
  const tag = header.split(",").indexOf("asset_number");
  const lines = Array.from({ length: size }, (_, at) => renamed(rows[at % rows.length] ?? "", tag, Math.floor(at / rows.length)));
  const list = join(home, `${size}.csv`);
  await writeFile(list, [header, ...lines].join("\n"));
  const laptop = new Laptop(home, `of-${size}`);
  await laptop.run("init", "--name", "Ravensmere", "--member", "Ada Okafor");
  await laptop.run("import", "assets", list, "--reason", "asset list");
  return laptop;
}

/** renamed is a row with another tag; no cell before the tag holds a comma in the sample list. */
function renamed(row: string, tag: number, round: number): string {
  const cells = row.split(",");
  cells[tag] = `${cells[tag] ?? ""}-${round}`;
  return cells.join(",");
}
