import { vi, type Mock } from "vitest";
import type { Paths, ProblemBody } from "../api";

type Verb = "get" | "post" | "put" | "patch" | "delete";
/** Json is what an answer holds; a file is given as its text. */
type Json<R> = R extends { content: { "application/json": infer T } }
  ? T
  : R extends { content: { "application/octet-stream": string } }
    ? string
    : undefined;
type Success<O> = O extends { responses: infer R } ? (R extends { 200: infer A } ? Json<A> : R extends { 202: infer B } ? Json<B> : undefined) : never;

/** Calls are the operations of the API by method and path, as "GET /assets/{ref}", and what each answers. */
type Calls = {
  [P in Extract<keyof Paths, string> as { [V in Verb]: Paths[P] extends Record<V, { responses: unknown }> ? `${Uppercase<V>} ${P}` : never }[Verb]]: Paths[P];
};
type AnswerOf<C extends string> = C extends `${infer V} ${infer P}`
  ? P extends keyof Paths
    ? Lowercase<V> extends keyof Paths[P]
      ? Success<Paths[P][Lowercase<V>]>
      : never
    : never
  : never;

/** Asked is one request as a test sees it. */
export interface Asked {
  /** path holds the values of the path's places, by name. */
  path: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

/** Answers says what each call of a test answers: a value, or a function of the request. A Refusal answers a problem. */
export type Answers = { [C in keyof Calls]?: AnswerOf<C> | Refusal | ((asked: Asked) => AnswerOf<C> | Refusal | Promise<AnswerOf<C> | Refusal>) };

/** Refusal makes a call answer a problem. */
export class Refusal {
  readonly body: ProblemBody;
  constructor(body: Partial<ProblemBody> & Pick<ProblemBody, "code" | "detail">) {
    this.body = { type: "about:blank", title: "", status: 422, hint: "", ...body };
  }
}

/** Fake is a program behind the page that answers as told. calls lists what was asked, as "PATCH /assets/{ref}". */
export interface Fake {
  calls: { call: string; asked: Asked }[];
  /** asked gives the requests of one call, oldest first. */
  asked: (call: keyof Calls) => Asked[];
  /** answer changes what a call answers from now on. */
  answer: (more: Answers) => void;
  fetch: Mock<typeof fetch>;
}

/** fakeProgram replaces fetch for one test. A call that the test does not answer fails with 404 and code missing. */
export function fakeProgram(answers: Answers): Fake {
  const known: Record<string, unknown> = { ...answers };
  const calls: Fake["calls"] = [];
  const answer = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input instanceof Request ? input.clone() : new Request(new URL(String(input), "http://page"), init);
    const url = new URL(request.url);
    const found = match(Object.keys(known), request.method, url.pathname.replace(/^\/api/, ""));
    const asked = { path: found?.path ?? {}, query: url.searchParams, body: await bodyOf(request) };
    calls.push({ call: found?.call ?? `${request.method} ${url.pathname}`, asked });
    if (!found) return send(new Refusal({ code: "missing", detail: `no answer for ${request.method} ${url.pathname}`, status: 404 }));
    const value = known[found.call];
    return send(typeof value === "function" ? await (value as (asked: Asked) => unknown)(asked) : value);
  });
  vi.stubGlobal("fetch", answer);
  return {
    calls,
    asked: (call) => calls.filter((made) => made.call === call).map((made) => made.asked),
    answer: (more) => Object.assign(known, more),
    fetch: answer,
  };
}

function match(known: string[], method: string, path: string): { call: string; path: Record<string, string> } | null {
  // Paths without places first, so that /assets/facets is not an asset's.
  const ordered = [...known].sort((a, b) => Number(a.includes("{")) - Number(b.includes("{")));
  for (const call of ordered) {
    const [verb, template = ""] = call.split(" ");
    if (verb !== method) continue;
    const pattern = template.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    const groups = new RegExp(`^${pattern}$`).exec(path);
    if (groups) return { call, path: Object.fromEntries(Object.entries(groups.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)])) };
  }
  return null;
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return text;
  }
}

function send(value: unknown): Response {
  if (value instanceof Refusal)
    return Response.json(value.body, { status: value.body.status, headers: { "Content-Type": "application/problem+json" } });
  if (typeof value === "string") return new Response(value);
  return value === undefined ? new Response(null, { status: 204 }) : Response.json(value);
}
