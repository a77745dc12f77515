import { api, ok } from "../../../api";
import { useWrite } from "../../../shared";

/** NewNote is a journal entry to be written. */
export interface NewNote {
  kind: string;
  text: string;
  assets: string[];
  fields: Record<string, string>;
  observed_at?: string;
}

/** useAdd writes a draft into the journal. */
export function useAdd() {
  return useWrite((body: NewNote) => ok(api.POST("/notes", { body })));
}

/** useChange edits a draft; seen are the heads of the note from which the text was made. */
export function useChange(ref: string) {
  return useWrite((body: { text: string; seen: string[]; reason: string }) => ok(api.PATCH("/notes/{ref}", { params: { path: { ref } }, body })));
}

/** useSign puts the acting member's name under a note as it was read, at the heads seen. */
export function useSign(ref: string) {
  return useWrite((body: { seen: string[]; reason?: string }) => ok(api.POST("/notes/{ref}/sign", { params: { path: { ref } }, body })));
}

/** useAmend corrects a signed note by a new one that names it. */
export function useAmend(ref: string) {
  return useWrite((body: { text: string; reason: string }) => ok(api.POST("/notes/{ref}/amend", { params: { path: { ref } }, body })));
}

/** useVoid strikes a note that should never have been written. */
export function useVoid(ref: string) {
  return useWrite((body: { reason: string }) => ok(api.POST("/notes/{ref}/void", { params: { path: { ref } }, body })));
}
