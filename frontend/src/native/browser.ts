import { base64Of, type FileKind, type Native, type Picked } from "./native";

/** extensions are what a file dialog offers first. */
const extensions: Record<FileKind, string> = {
  list: ".xlsx,.csv,.txt",
  backup: ".fieldbook",
  request: ".request",
  grant: ".grant",
  mapping: ".json",
};

/** browser does what a page without a window may: uploads instead of paths, downloads instead of dialogs. */
export const browser: Native = {
  kind: "browser",
  session: () => Promise.resolve(null),
  pickFile,
  read: async ({ file }) => (file ? base64Of(await file.arrayBuffer()) : ""),
  pickFolder: () => Promise.resolve(null),
  destination: () => Promise.resolve(""),
  save: (name, bytes) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes]));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    return Promise.resolve(true);
  },
  mayAsk: () => permission() === "default",
  ask: () => void Notification.requestPermission(),
  notify: (title, text) => {
    if (permission() !== "granted") return;
    const shown = new Notification(title, { body: text });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  },
  // The title of a page follows the screen already.
  setTitle: () => undefined,
  resized: () => undefined,
  setLanguage: () => undefined,
  onMenu: () => () => undefined,
  onFiles,
  onFlush: (handler) => {
    const flush = () => {
      if (document.visibilityState === "hidden") void handler();
    };
    document.addEventListener("visibilitychange", flush);
    return () => document.removeEventListener("visibilitychange", flush);
  },
};

/** permission is what the person said about notifications; a browser without them is as good as one where they said no. */
function permission(): NotificationPermission {
  return "Notification" in window ? Notification.permission : "denied";
}

function pickFile(kind: FileKind): Promise<Picked | null> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = extensions[kind];
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(wrap(input.files?.[0])));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

function onFiles(handler: (files: Picked[]) => void): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    handler(files.map((file) => ({ name: file.name, file })));
  };
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  return () => {
    document.removeEventListener("dragover", over);
    document.removeEventListener("drop", drop);
  };
}

function wrap(file: File | undefined): Picked | null {
  return file ? { name: file.name, file } : null;
}
