import type { Note } from "../../api";
import { definitions, fakeProgram, fieldOf, Refusal, stateOf, type Answers, type Fake } from "../../test";

/** noteOf is one draft, which differs by what part says. */
export function noteOf(part: Partial<Note> = {}): Note {
  return {
    id: "n1",
    kind: "fault",
    text: "CPU in STOP",
    assets: [{ id: "a1", tag: "RAV-PLC-004" }],
    observed_at: null,
    recorded_at: "2026-11-20T09:00:00Z",
    member: "Ada Okafor",
    state: "draft",
    void: null,
    measurement: {},
    amends: null,
    amended_by: [],
    signatures: [],
    concurrent: [],
    heads: ["h1"],
    ...part,
  };
}

const measured = [fieldOf({ name: "measurement.value", label: "Measured value", type: "decimal" }), fieldOf({ name: "measurement.unit", label: "Unit" })];

/** fakeJournal answers for a program whose journal has these notes. */
export function fakeJournal(notes: Note[], answers: Answers = {}): Fake {
  const kind = fieldOf({ name: "kind", label: "Kind", type: "choice", enum: ["observation", "fault", "measurement"] });
  const text = fieldOf({ name: "text", label: "Text", type: "prose", required: true });
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": { ...definitions, entities: { ...definitions.entities, note: [kind, text, ...measured] } },
    "GET /kept": [],
    "PUT /kept": undefined,
    "DELETE /kept": undefined,
    "GET /assets": { total: 0, items: [] },
    "GET /notes": { total: notes.length, items: notes },
    "GET /notes/{ref}": ({ path }) => notes.find(({ id }) => id === path.ref) ?? new Refusal({ code: "missing", detail: "there is no such note" }),
    ...answers,
  });
}
