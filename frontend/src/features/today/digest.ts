import type { TrailRow } from "../../api";

/** Subject is what one person changed about one asset or other document, newest first. */
export interface Subject {
  id: string;
  stream: string | null;
  tag: string | null;
  rows: TrailRow[];
}

export interface Person {
  id: string;
  name: string;
  count: number;
  subjects: Subject[];
}

/** peopleOf groups what others wrote by person and by what it is about, in the order in which each first appears. */
export function peopleOf(rows: readonly TrailRow[]): Person[] {
  const people = new Map<string, Person>();
  const subjects = new Map<string, Subject>();
  for (const row of rows) {
    const person = people.get(row.member_id) ?? { id: row.member_id, name: row.member, count: 0, subjects: [] };
    people.set(person.id, person);
    person.count += 1;
    const id = `${person.id} ${row.stream ?? ""}`;
    const subject = subjects.get(id) ?? { id, stream: row.stream, tag: row.tag, rows: [] };
    if (!subjects.has(id)) person.subjects.push(subject);
    subjects.set(id, subject);
    subject.rows.push(row);
  }
  return [...people.values()];
}
