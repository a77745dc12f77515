import { native, type Picked } from "../native";
import { sessionHeader } from "./session";
import { problemOf } from "./problem";
import type { Source, Upload } from "./types";

/** sourceOf makes a picked file one that the program can read: its path in a window, otherwise an upload. */
export async function sourceOf(picked: Picked): Promise<Source> {
  if (picked.path !== undefined) return { path: picked.path };
  const name = encodeURIComponent(picked.name);
  const answer = await call(`/api/uploads?name=${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    // The bytes and not the file itself: a Blob as body ends the window's program on Linux.
    body: await picked.file.arrayBuffer(),
  });
  const { upload } = (await answer.json()) as Upload;
  return { upload };
}

/** takeDownload hands the file that a job made for a browser to the person. It can be asked for once. */
export async function takeDownload(result: { download: string; name: string }): Promise<void> {
  const answer = await call(`/api/downloads/${encodeURIComponent(result.download)}`, { method: "GET" });
  await native.save(result.name, new Uint8Array(await answer.arrayBuffer()));
}

async function call(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of sessionHeader()) headers.set(name, value);
  const answer = await fetch(path, { ...init, headers });
  if (!answer.ok) throw problemOf(await answer.json().catch(() => null), answer.status);
  return answer;
}
