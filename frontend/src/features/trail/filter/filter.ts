/** sources are where an entry can come from, and states what can become of it; both as the trail's rows say. */
export const sources = ["manual", "import", "scan", "template", "undo", "control"] as const;
export const states = ["accepted", "waiting", "masked", "malformed", "newer"] as const;

/** Filter selects a part of the trail; every name is one of the query's, and what is not there selects all. */
export interface Filter {
  asset?: string;
  stream?: string;
  member?: string;
  device?: string;
  field?: string;
  type?: string;
  source?: (typeof sources)[number];
  state?: (typeof states)[number];
  since?: string;
  until?: string;
}

export const filterNames = ["asset", "stream", "member", "device", "field", "type", "source", "state", "since", "until"] as const;

/** filterOf reads the filter out of a link's search; what is no filter is left out. */
export function filterOf(search: Readonly<Record<string, unknown>>): Filter {
  const read = filterNames.map((name) => [name, search[name]] as const);
  return Object.fromEntries(read.filter(([name, value]) => valid(name, value)));
}

function valid(name: keyof Filter, value: unknown): boolean {
  if (typeof value !== "string" || value === "") return false;
  if (name === "source") return sources.some((source) => source === value);
  if (name === "state") return states.some((state) => state === value);
  return true;
}

/** changed gives a filter with one choice made or, with null, taken back. */
export function changed(filter: Filter, name: keyof Filter, value: string | null): Filter {
  return filterOf({ ...filter, [name]: value });
}
