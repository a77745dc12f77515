import { Page } from "../../shared";

export function NotesScreen() {
  return <Page title="Notes">{null}</Page>;
}
