import type { QueryClient } from "@tanstack/react-query";
import { discard, folderOf, keep } from "../api";

/** delay is how long typing has to rest before the draft is kept, in milliseconds. */
const delay = 300;

/** Held is a draft that is newer on the page than in the program, and the folder of the record that it was typed for. */
interface Held {
  dir: string;
  key: string;
  value: unknown;
}

/** held is what waits to be kept, by the key; one that could not be kept waits for the next try. */
const held = new Map<string, Held>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** last is what was asked of the program last. Each waits for the one before: two on their way at once may arrive in either order. */
let last: Promise<void> = Promise.resolve();

/** hold takes a draft of the page's record that changed and keeps it soon. */
export function hold(client: QueryClient, key: string, value: unknown): void {
  const dir = folderOf(client);
  held.set(nameOf(dir, key), { dir, key, value });
  clearTimeout(timer);
  timer = setTimeout(() => void flushDrafts(client), delay);
}

/** letGo forgets a draft of the page's record, kept, on its way or neither. */
export function letGo(client: QueryClient, key: string): void {
  held.delete(nameOf(folderOf(client), key));
  last = last.then(() => discard(key)).then(
    () => undefined,
    () => undefined,
  );
}

/** flushDrafts keeps what is not kept yet of the page's record: before the window closes, the record locks or the focus goes. It never rejects. */
export function flushDrafts(client: QueryClient): Promise<void> {
  clearTimeout(timer);
  last = last.then(() => keepHeld(folderOf(client)));
  return last;
}

const nameOf = (dir: string, key: string): string => JSON.stringify([dir, key]);

async function keepHeld(dir: string): Promise<void> {
  await Promise.all(
    [...held].map(async ([name, draft]) => {
      if (draft.dir !== dir) return;
      try {
        await keep(draft.key, draft.value);
        if (held.get(name) === draft) held.delete(name);
      } catch {
        // Locked meanwhile, or the program is gone: it stays held and is kept after the next unlocking.
      }
    }),
  );
}
