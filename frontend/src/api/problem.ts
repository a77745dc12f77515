import { say, type Sentence } from "../i18n";
import type { FieldError, ProblemBody, ProblemCode } from "./types";

interface Said {
  code: ProblemCode;
  detail: string;
  status?: number;
  hint?: string;
  said?: { detail?: Sentence; hint?: Sentence };
  errors?: FieldError[];
}

/** Problem is an answer that says no: what is wrong (message) and what to do about it (hint), both for people and in the language of the page. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly hint: string;
  /** fields says what is wrong with which field of a form, by the field's public name. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(body: Said) {
    super(say(body.said?.detail, body.detail));
    this.name = "Problem";
    this.code = body.code;
    this.status = body.status ?? 0;
    this.hint = say(body.said?.hint, body.hint);
    // What is refused of the whole has no field; the message says it.
    const at = (body.errors ?? []).filter((error) => error.field !== "");
    this.fields = Object.fromEntries(at.map((error) => [error.field, say(error.said, error.message)]));
  }
}

/** problemOf reads any answer or failure as a problem; what is none of ours becomes one of code "internal". */
export function problemOf(cause: unknown, status = 0): Problem {
  if (cause instanceof Problem) return cause;
  if (isBody(cause)) return new Problem(cause);
  return new Problem({ status, code: "internal", detail: "" });
}

/**
 * elsewhere gives a failure that no field of a form tells, and null for one that is told there: shown says which fields are on the screen. What is
 * said nowhere would make a button that does nothing.
 */
export function elsewhere(error: unknown, shown: (name: string) => boolean): unknown {
  if (!error) return null;
  const refused = Object.keys(problemOf(error).fields);
  return refused.length > 0 && refused.every(shown) ? null : error;
}

function isBody(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && "code" in value && "detail" in value;
}
