import type { FieldError, ProblemBody, ProblemCode } from "./types";

interface Said {
  code: ProblemCode;
  detail: string;
  status?: number;
  hint?: string;
  errors?: FieldError[];
}

/** Problem is an answer that says no: what is wrong (detail) and what to do about it (hint), both for people. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly hint: string;
  /** fields says what is wrong with which field of a form, by the field's public name. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(body: Said) {
    super(body.detail);
    this.name = "Problem";
    this.code = body.code;
    this.status = body.status ?? 0;
    this.hint = body.hint ?? "";
    this.fields = Object.fromEntries((body.errors ?? []).map((error) => [error.field, error.message]));
  }
}

/** problemOf reads any answer or failure as a problem; what is none of ours becomes one of code "internal". */
export function problemOf(cause: unknown, status = 0): Problem {
  if (cause instanceof Problem) return cause;
  if (isBody(cause)) return new Problem(cause);
  return new Problem({ status, code: "internal", detail: "" });
}

function isBody(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && "code" in value && "detail" in value;
}
