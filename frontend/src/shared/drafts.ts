import { keep } from "../api";

/** delay is how long typing has to rest before the draft is kept, in milliseconds. */
const delay = 300;

/** held are the drafts that are newer on the page than in the program, by their key. One that could not be kept waits here for the next try. */
const held = new Map<string, unknown>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** hold takes a draft that changed and keeps it soon. */
export function hold(key: string, value: unknown): void {
  held.set(key, value);
  clearTimeout(timer);
  timer = setTimeout(() => void flushDrafts(), delay);
}

/** release forgets a draft that is not yet kept. */
export function release(key: string): void {
  held.delete(key);
}

/** flushDrafts keeps what is not kept yet: before the window closes, the record locks or the focus goes. It never rejects. */
export async function flushDrafts(): Promise<void> {
  clearTimeout(timer);
  const now = [...held];
  await Promise.all(
    now.map(async ([key, value]) => {
      try {
        await keep(key, value);
        if (held.get(key) === value) held.delete(key);
      } catch {
        // Locked meanwhile, or the program is gone: it stays held and is kept after the next unlocking.
      }
    }),
  );
}
