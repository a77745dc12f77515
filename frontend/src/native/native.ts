/**
 * The window's side of the program: what a browser cannot do, behind one interface.
 *
 * In the desktop program Wails puts two objects on `window`, which are all that this file asks of the Go side:
 *
 * - `window.go.main.App`: methods that return promises, see {@link Bindings}.
 * - `window.runtime.EventsOn(name, handler)`: returns a function that ends the subscription. Events:
 *   - `menu` (action id): a person chose an item of the native menu; ids are those of the palette's actions.
 *   - `files` (paths: string[]): files were dropped on the window.
 *   - `flush` (): the window wants to close or the record to lock: drafts are saved, then `Flushed()` is called.
 *
 * Without them the page runs in a browser, and {@link browser} does what a page may.
 */

/** Bindings are the Go methods of the desktop program. Every path is absolute; "" means that the person cancelled. */
interface Bindings {
  /** Token gives the session of this window, ready for the header Fieldbook-Session; it may be asked for again after a reload. */
  Token(): Promise<string>;
  /** PickFile opens the system's dialog for one existing file; kind chooses title and filter. */
  PickFile(kind: FileKind): Promise<string>;
  PickFolder(): Promise<string>;
  /** ReadFile gives the bytes, in base64, of a small file (a request, a grant; at most 1 MiB) that PickFile or the event files named, and of no other. */
  ReadFile(path: string): Promise<string>;
  /** SaveFile asks where a file of this name shall go. It writes nothing. */
  SaveFile(name: string): Promise<string>;
  /** WriteFile asks where a file of this name shall go and writes the bytes, given in base64, there. */
  WriteFile(name: string, base64: string): Promise<string>;
  Notify(title: string, text: string): Promise<void>;
  SetTitle(text: string): Promise<void>;
  /** SetLanguage says which language the page speaks; dialogs follow at once, the menu at the next start. */
  SetLanguage(language: string): Promise<void>;
  /** Resized says that the page has another size, for the window to remember its own. */
  Resized(): Promise<void>;
  /** Flushed answers the event flush. */
  Flushed(): Promise<void>;
}

interface Runtime {
  EventsOn(name: string, handler: (...data: unknown[]) => void): () => void;
}

declare global {
  interface Window {
    go?: { main?: { App?: Bindings } };
    runtime?: Runtime;
  }
}

/** base64Of writes bytes as the API takes them in JSON. */
export function base64Of(bytes: ArrayBuffer): string {
  const chunk = 0x8000;
  const view = new Uint8Array(bytes);
  const parts: string[] = [];
  for (let at = 0; at < view.length; at += chunk) parts.push(String.fromCharCode(...view.subarray(at, at + chunk)));
  return btoa(parts.join(""));
}

/** FileKind says what a file is wanted for. */
export type FileKind = "list" | "backup" | "request" | "grant" | "mapping";

/** Picked is a file that a person chose: a path in the window, its bytes in a browser. */
export type Picked = { name: string; path: string; file?: never } | { name: string; file: File; path?: never };

/** Native is what the page may ask of what it runs in. */
export interface Native {
  readonly kind: "window" | "browser";
  /** session gives the session of a window; a browser has to exchange a token instead and gets null. */
  session(): Promise<string | null>;
  pickFile(kind: FileKind): Promise<Picked | null>;
  /** read gives the bytes, in base64, of a small file that a person picked. */
  read(picked: Picked): Promise<string>;
  /** pickFolder is null where only typing a path is possible, or when the person cancelled. */
  pickFolder(): Promise<string | null>;
  /** destination asks where an export shall go. Browsers have no say in that: they get "" and download it afterwards. */
  destination(name: string): Promise<string | null>;
  /** save hands bytes to the person as a file and says whether they were taken. */
  save(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** mayAsk tells whether notifications are shown once the person has been asked. */
  mayAsk(): boolean;
  /** ask asks for leave to show notifications, in the moment a person wants them. */
  ask(): void;
  /** notify tells by the desktop, if it may, what is not in sight. */
  notify(title: string, text: string): void;
  setTitle(text: string): void;
  /** resized says that the page has another size. */
  resized(): void;
  /** setLanguage has what the window says itself follow the language of the page. */
  setLanguage(language: string): void;
  onMenu(handler: (action: string) => void): () => void;
  onFiles(handler: (files: Picked[]) => void): () => void;
  /** onFlush calls the handler before the window closes or the page goes away; the window waits for its promise. */
  onFlush(handler: () => Promise<void>): () => void;
}

export function desktop(app: Bindings, runtime: Runtime): Native {
  return {
    kind: "window",
    session: () => app.Token(),
    pickFile: async (kind) => picked(await app.PickFile(kind)),
    read: async (file) => (file.path === undefined ? base64Of(await file.file.arrayBuffer()) : app.ReadFile(file.path)),
    pickFolder: async () => (await app.PickFolder()) || null,
    destination: async (name) => (await app.SaveFile(name)) || null,
    save: async (name, bytes) => (await app.WriteFile(name, base64Of(bytes.buffer))) !== "",
    mayAsk: () => false,
    ask: () => undefined,
    notify: (title, text) => void app.Notify(title, text),
    setTitle: (text) => void app.SetTitle(text),
    resized: () => void app.Resized(),
    setLanguage: (language) => void app.SetLanguage(language),
    onMenu: (handler) => runtime.EventsOn("menu", (action) => handler(String(action))),
    onFiles: (handler) =>
      runtime.EventsOn("files", (paths) => {
        const files = (Array.isArray(paths) ? paths : []).map(String).map(picked);
        handler(files.filter((file) => file !== null));
      }),
    onFlush: (handler) => runtime.EventsOn("flush", () => void handler().finally(() => void app.Flushed())),
  };
}

/** bytesOf reads the bytes of a small file as the API gives them in JSON. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function picked(path: string): Picked | null {
  return path ? { name: path.split(/[/\\]/).pop() ?? path, path } : null;
}
