/**
 * Keys of the query cache. Everything that the record's revision moves begins with "record" and is asked for anew when it does; features add their
 * own names behind it.
 */
export const keys = {
  state: ["state"] as const,
  revision: ["revision"] as const,
  definitions: ["definitions"] as const,
  /** record is the key of a query over the record, as keys.record("assets", query). */
  record: (...parts: readonly unknown[]) => ["record", ...parts] as const,
  kept: (prefix: string) => ["kept", prefix] as const,
  /** work is where the page holds how far the pieces of work are that it began. */
  work: (...name: string[]) => ["work", ...name] as const,
};
