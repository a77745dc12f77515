import { useEffect, useEffectEvent } from "react";
import { takeDownload, type Exported } from "../api";
import { native, type Picked } from "../native";

/** useDroppedFiles hears of files dropped anywhere on the window while the component is shown. */
export function useDroppedFiles(handler: (files: Picked[]) => void): void {
  const dropped = useEffectEvent(handler);
  useEffect(() => native.onFiles((files) => dropped(files)), []);
}

/**
 * destination asks where a job shall write a file of this name: {path} in a window, {} in a browser, which downloads the result afterwards with
 * {@link deliver}; null when the person cancelled.
 */
export async function destination(name: string): Promise<{ path?: string } | null> {
  const path = await native.destination(name);
  if (path === null) return null;
  return path ? { path } : {};
}

/** deliver hands the file of a done job to a browser's person, as the end of the job; in a window it is where it was wanted already. */
export async function deliver(result: Pick<Exported, "download" | "name">): Promise<void> {
  const { download, name } = result;
  if (download) await takeDownload({ download, name });
}
