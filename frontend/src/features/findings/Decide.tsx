import { Loader } from "@mantine/core";
import type { Conflict } from "../../api";
import { useDraft } from "../../shared";
import { DecideForm, type Choice } from "./DecideForm";

interface Props {
  conflict: Conflict;
  onDone: () => void;
}

const nothing: Choice = { keep: "", other: "", reason: "" };

/** Decide waits for what was typed before and then asks which value is right. */
export function Decide({ conflict, onDone }: Props) {
  const draft = useDraft(`findings/${conflict.id}`, nothing);
  if (!draft.ready) return <Loader size="sm" />;
  return <DecideForm key={draft.restored ?? ""} conflict={conflict} draft={draft} onDone={onDone} />;
}
