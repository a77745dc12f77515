export { defer, type Deferred } from "./defer";
export { fakeProgram, Refusal, type Answers, type Asked, type Fake } from "./fake";
export { changeOf, definitions, fieldOf, jobOf, me, stateOf, statusOf } from "./samples";
export { show, type Shown } from "./show";
export { rowOf } from "./rows";
export { sized } from "./sized";
