import { expect, it } from "vitest";
import { rowOf } from "../../test";
import { actsOf, peopleOf } from "./digest";

it("groups what others wrote by person and asset, in the order in which they appear", () => {
  const jo = { member: "Jo Hargreaves", member_id: "jo" };
  const sam = { member: "Sam Banerjee", member_id: "sam" };
  const one = { ...jo, stream: "a", hash: "h" };
  const people = peopleOf(
    actsOf([
      rowOf({ ...one, field: "firmware" }),
      rowOf({ ...one, field: "serial" }),
      rowOf({ ...sam, stream: "a" }),
      rowOf({ ...jo, stream: "b" }),
      rowOf({ ...jo, stream: "a", field: "location.room" }),
    ]),
  );
  expect(people.map((person) => [person.name, person.count])).toEqual([
    ["Jo Hargreaves", 3],
    ["Sam Banerjee", 1],
  ]);
  expect(people[0]?.subjects.map((subject) => [subject.stream, subject.acts.map((act) => act.rows.length)])).toEqual([
    ["a", [2, 1]],
    ["b", [1]],
  ]);
});
