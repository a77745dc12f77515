import type { TrailRow } from "../../api";

/** Act is one entry with the rows of all fields it changed. */
export interface Act {
  id: string;
  rows: [TrailRow, ...TrailRow[]];
}

/** Subject is what one person did about one asset or other document, newest first. */
export interface Subject {
  id: string;
  stream: string | null;
  tag: string | null;
  acts: Act[];
}

export interface Person {
  id: string;
  name: string;
  /** count is how many entries they made. */
  count: number;
  subjects: Subject[];
}

/** actsOf joins the rows of one entry, which the program gives one after the other. */
export function actsOf(rows: readonly TrailRow[]): Act[] {
  const acts: Act[] = [];
  for (const row of rows) {
    const last = acts.at(-1);
    if (last?.id === row.hash) last.rows.push(row);
    else acts.push({ id: row.hash, rows: [row] });
  }
  return acts;
}

/** peopleOf groups what others wrote by person and by what it is about, in the order in which each first appears. */
export function peopleOf(acts: readonly Act[]): Person[] {
  const people = new Map<string, Person>();
  const subjects = new Map<string, Subject>();
  for (const act of acts) {
    const [row] = act.rows;
    const person = people.get(row.member_id) ?? { id: row.member_id, name: row.member, count: 0, subjects: [] };
    people.set(person.id, person);
    person.count += 1;
    const id = `${person.id} ${row.stream ?? ""}`;
    const subject = subjects.get(id) ?? { id, stream: row.stream, tag: row.tag, acts: [] };
    if (!subjects.has(id)) person.subjects.push(subject);
    subjects.set(id, subject);
    subject.acts.push(act);
  }
  return [...people.values()];
}
