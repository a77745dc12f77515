import createClient from "openapi-fetch";
import { Problem, problemOf } from "./problem";
import type { paths } from "./schema";
import { sessionHeader } from "./session";

/** Paths are the schema's, without the prefix that all of them have. */
export type Paths = { [P in keyof paths as P extends `/api${infer Rest}` ? Rest : P]: paths[P] };

/** api calls the program behind the page; wrap every call in {@link ok}. */
export const api = createClient<Paths>({
  baseUrl: "/api",
  fetch: async (request) => {
    try {
      return await fetch(request);
    } catch (cause) {
      throw gone(cause);
    }
  },
});

api.use({
  onRequest: ({ request }) => {
    for (const [name, value] of sessionHeader()) request.headers.set(name, value);
    return request;
  },
});

/** ok gives what a call answers, or throws the {@link Problem} that it reports. */
export async function ok<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(error, response.status);
  return data as T;
}

/** gone is what a page sees whose program has ended; an aborted request stays what it is. */
function gone(cause: unknown): Error {
  if (cause instanceof Error && cause.name === "AbortError") return cause;
  return new Problem({ code: "gone", detail: "" });
}
