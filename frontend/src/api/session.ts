import { native } from "../native";

const header = "Fieldbook-Session";

/** kept is where a browser keeps its session over a reload; it ends with the tab. */
const kept = "fieldbook-session";

let current: string | null = null;

/** sessionHeader is what every request but the first carries. */
export function sessionHeader(): [string, string][] {
  return current ? [[header, current]] : [];
}

/**
 * startSession makes the page one that the program talks to. A window asks its binding; a browser exchanges the token in the address's fragment,
 * once, and takes it out of the address so that it is in no history.
 */
export async function startSession(): Promise<void> {
  current = (await native.session()) ?? (await exchange(takeToken())) ?? sessionStorage.getItem(kept);
  if (current && native.kind === "browser") sessionStorage.setItem(kept, current);
}

function takeToken(): string | null {
  const token = /[#&?]token=([^&]+)/.exec(window.location.hash)?.[1];
  if (!token) return null;
  window.history.replaceState(null, "", `${window.location.pathname}#/`);
  return decodeURIComponent(token);
}

async function exchange(token: string | null): Promise<string | null> {
  if (!token) return null;
  const answer = await fetch("/api/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) return null;
  const { session } = (await answer.json()) as { session: string };
  return session;
}
