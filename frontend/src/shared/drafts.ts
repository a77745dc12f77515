import { discard, keep } from "../api";

/** delay is how long typing has to rest before the draft is kept, in milliseconds. */
const delay = 300;

/** held are the drafts that are newer on the page than in the program, by their key. One that could not be kept waits here for the next try. */
const held = new Map<string, unknown>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** last is what was asked of the program last. Each waits for the one before: two on their way at once may arrive in either order. */
let last: Promise<void> = Promise.resolve();

/** hold takes a draft that changed and keeps it soon. */
export function hold(key: string, value: unknown): void {
  held.set(key, value);
  clearTimeout(timer);
  timer = setTimeout(() => void flushDrafts(), delay);
}

/** letGo forgets a draft, kept, on its way or neither. */
export function letGo(key: string): void {
  held.delete(key);
  last = last.then(() => discard(key)).then(
    () => undefined,
    () => undefined,
  );
}

/** flushDrafts keeps what is not kept yet: before the window closes, the record locks or the focus goes. It never rejects. */
export function flushDrafts(): Promise<void> {
  clearTimeout(timer);
  last = last.then(keepHeld);
  return last;
}

async function keepHeld(): Promise<void> {
  await Promise.all(
    [...held].map(async ([key, value]) => {
      try {
        await keep(key, value);
        if (held.get(key) === value) held.delete(key);
      } catch {
        // Locked meanwhile, or the program is gone: it stays held and is kept after the next unlocking.
      }
    }),
  );
}
