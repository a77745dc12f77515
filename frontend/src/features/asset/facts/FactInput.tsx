import { useRef, useState, type FocusEvent, type KeyboardEvent } from "react";
import type { Field } from "../../../api";
import { FieldInput } from "../../../record";

interface Props {
  field: Field;
  text: string;
  error: string | undefined;
  onDone: (value: string | undefined) => void; // undefined: nothing is to change
}

/** choosing are types whose input closes by choosing: there Enter belongs to the list. */
const choosing = new Set(["choice", "role", "flag"]);
/** writing are types in which Enter begins a line, or a further label. */
const writing = new Set(["prose", "free", "labels", "software", "ports"]);

/** FactInput edits one field in its place: Enter takes the text (with Ctrl where Enter has a meaning of its own), so does leaving it; Escape leaves all as it was. */
export function FactInput({ field, text, error, onDone }: Props) {
  const [value, setValue] = useState(text);
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone(undefined);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey || !(writing.has(field.type) || choosing.has(field.type)))) onDone(value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = (event: FocusEvent) => {
    // The lists of choices and the calendar lie elsewhere in the page and still belong to the input.
    const to = event.relatedTarget;
    if (to instanceof Element && (box.current?.contains(to) || to.closest("[data-portal]"))) return;
    onDone(value);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears the keys of the input within
    <div ref={box} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldInput
        field={field}
        value={value}
        onChange={(next) => {
          setValue(next);
          if (choosing.has(field.type)) onDone(next);
        }}
        error={error}
        bare
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to edit this field
        autoFocus
      />
    </div>
  );
}
