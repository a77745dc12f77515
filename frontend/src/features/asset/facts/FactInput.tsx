import { useRef, type FocusEvent, type KeyboardEvent } from "react";
import type { Field } from "../../../api";
import { FieldInput } from "../../../record";

interface Props {
  field: Field;
  saved: string;
  typed: string | undefined; // undefined: as saved
  error: string | undefined;
  /** onChange is told every letter, so that nothing is lost that stands in the input. */
  onChange: (value: string) => void;
  /** onDone is told when a key or a choice ends the editing, onLeave when the focus has gone elsewhere. */
  onDone: () => void;
  onLeave: () => void;
}

/** choosing are types whose input closes by choosing: there Enter belongs to the list. */
const choosing = new Set(["choice", "role", "flag"]);
/** writing are types in which Enter begins a line, or a further label. */
const writing = new Set(["prose", "free", "labels", "software", "ports"]);

/** FactInput edits one field in its place: Enter ends it (with Ctrl where Enter has a meaning of its own), so does leaving it; Escape leaves all as it was. */
export function FactInput({ field, saved, typed, error, onChange, onDone, onLeave }: Props) {
  // What Escape goes back to. What has been saved since stands, whoever saved it.
  const before = useRef<{ saved: string; typed: string | undefined } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      if (before.current?.saved === saved) onChange(before.current.typed ?? saved);
    } else if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || !(writing.has(field.type) || choosing.has(field.type)))) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  const onBlur = (event: FocusEvent) => {
    // The lists of choices and the calendar lie elsewhere in the page and still belong to the input.
    const to = event.relatedTarget;
    if (to instanceof Element && (box.current?.contains(to) || to.closest("[data-portal]"))) return;
    onLeave();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears the keys of the input within
    <div ref={box} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldInput
        field={field}
        value={typed ?? saved}
        onChange={(next) => {
          if (before.current?.saved !== saved) before.current = { saved, typed };
          onChange(next);
          if (choosing.has(field.type)) onDone();
        }}
        error={error}
        bare
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to edit this field
        autoFocus
      />
    </div>
  );
}
