import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { inventory, Laptop } from "./laptop";

/** Plant is the sample plant on two laptops that have met over a stick. */
export interface Plant {
  ada: Laptop;
  jo: Laptop;
  /** stick is the folder that is carried between them. */
  stick: string;
}

/** found makes the plant by the command line: Ada founds it and takes the list, Jo joins. */
export async function found(home: string): Promise<Plant> {
  await mkdir(home, { recursive: true });
  const [ada, jo] = [new Laptop(home, "ada"), new Laptop(home, "jo")];
  const stick = join(home, "stick");
  const [request, grant] = [join(home, "jo.request"), join(home, "jo.grant")];
  await ada.run("init", "--name", "Ravensmere", "--member", "Ada Okafor", "--tz", "Europe/London");
  await ada.run("import", "assets", inventory("assets.csv"), "--reason", "asset list rev 14");
  await jo.run("join", "--member", "Jo Hargreaves", "--request", request);
  await ada.run("device", "approve", request, "--grant", grant);
  await jo.run("join", "--grant", grant);
  await ada.run("sync", stick, "--begin");
  for (const laptop of [jo, ada]) await laptop.run("sync", stick);
  return { ada, jo, stick };
}

/** copyOf gives a plant elsewhere that holds what this one does, and names its stick on both laptops. */
export async function copyOf(plant: Plant, home: string): Promise<Plant> {
  const stick = join(home, "stick");
  await cp(plant.stick, stick, { recursive: true });
  const [ada, jo] = [await plant.ada.copy(home), await plant.jo.copy(home)];
  for (const laptop of [ada, jo]) {
    await laptop.run("remote", "add", "stick", stick);
    await laptop.run("sync");
  }
  return { ada, jo, stick };
}

/** work is a week without a network, in which both work on the same controllers. */
export async function work({ ada, jo }: Plant): Promise<void> {
  await ada.run("asset", "set", "RAV-PLC-004", "firmware=V3.2.17", "--reason", "CR-0042 step 3");
  await jo.run("asset", "set", "RAV-PLC-004", "firmware=V3.2.19", "--reason", "vendor visit");
  await jo.run("asset", "set", "RAV-PLC-004", "location.room=MCC room 2", "--reason", "label on the door");
  await jo.run("note", "add", "--asset", "RAV-PLC-004", "--kind", "visit", "Vendor replaced the memory card and loaded V3.2.19.");
  await ada.run("asset", "swap", "RAV-PLC-007", "order_no=6ES7516-3AN02-0AB0", "serial=S C-X46507462026", "firmware=V3.0.3", "--reason", "CPU failed");
  await jo.run("asset", "set", "RAV-PLC-007", "firmware=V3.2.9", "--reason", "read from the web page");
}

/** meet passes the stick around until both hold the same. */
export async function meet({ ada, jo }: Plant): Promise<void> {
  for (const laptop of [ada, jo, ada]) await laptop.run("sync");
}
