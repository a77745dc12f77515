import type { Violation } from "../../../api";

/** Advice names what a person should do after a verification, in the order in which to do it. */
export type Advice = "ok" | "incomplete" | "keep" | "restore" | "tell" | "rebuild" | "rollback" | "remote";

/** beside are the kinds that say nothing against this laptop's own log. */
const beside = new Set(["read_models", "remote_segment", "rollback"]);

/** adviceOf says what to do about what a verification found; unverified counts documents of which history is not here yet. */
export function adviceOf(violations: readonly Violation[], unverified: number): Advice[] {
  const kinds = new Set(violations.map((violation) => violation.kind));
  const advice: Advice[] = [];
  if ([...kinds].some((kind) => !beside.has(kind))) advice.push("keep", "restore", "tell");
  else if (kinds.has("read_models")) advice.push("rebuild");
  if (kinds.has("rollback")) advice.push("rollback");
  if (kinds.has("remote_segment")) advice.push("remote");
  if (unverified > 0) advice.push("incomplete");
  return advice.length > 0 ? advice : ["ok"];
}
