import { api, ok, type TrailRow } from "../../../api";
import { useWrite } from "../../../shared";

/** Target is what a wrong entry registered, and so what is struck with it. */
export interface Target {
  kind: "asset" | "note";
  ref: string;
}

/** targetOf says what can be struck at an entry: an undo sets fields back, but what was registered by mistake has none before. */
export function targetOf(row: TrailRow): Target | null {
  if (row.stream === null || row.state !== "accepted") return null;
  switch (row.type) {
    case "asset.registered":
    case "asset.imported":
      return { kind: "asset", ref: row.stream };
    case "note.written":
    case "note.amended":
      return { kind: "note", ref: row.stream };
    default:
      return null;
  }
}

/** useStrike strikes an asset or a note that was entered by mistake: it leaves all lists and stays in the trail. */
export function useStrike() {
  return useWrite(({ target, reason }: { target: Target; reason: string }) => {
    const init = { params: { path: { ref: target.ref } }, body: { reason } };
    return ok(target.kind === "asset" ? api.POST("/assets/{ref}/void", init) : api.POST("/notes/{ref}/void", init));
  });
}
