import { parseConditions } from "./filter/condition";

/** What the table looks like: columns by public name in their order, and widths in pixels where a person chose one. */
export interface Layout {
  columns: string[];
  widths: Record<string, number>;
}

/** A view under a name: what is listed, and how. */
export interface View extends Layout {
  where: string[];
  search: string;
  sort: string;
  struck: boolean;
}

/** What an engineer looks for first; fits 1280 pixels. */
export const firstLayout: Layout = {
  columns: ["tag", "site", "role", "lifecycle", "criticality", "zone", "vendor", "model", "serial", "firmware", "ip_address"],
  widths: {},
};

export const narrowest = 60;
export const widest = 900;
const usual: Record<string, number> = { tag: 220, site: 70, model: 220, description: 320, criticality: 100, zone: 100, firmware: 100 };

/** The width of a column in pixels. */
export const widthOf = (layout: Layout, name: string): number => layout.widths[name] ?? usual[name] ?? 130;

/** A column"s width, kept where it can still be seen and grasped. */
export function resized(layout: Layout, name: string, width: number): Layout {
  return { ...layout, widths: { ...layout.widths, [name]: Math.round(Math.max(narrowest, Math.min(width, widest))) } };
}

/** Puts a column in the place of another, or one place further by its steps. The tag stays first: it names the row. */
export function moved(layout: Layout, name: string, to: string | number): Layout {
  const from = layout.columns.indexOf(name);
  const target = typeof to === "number" ? from + to : layout.columns.indexOf(to);
  if (from < 1 || target < 1 || target >= layout.columns.length) return layout;
  const columns = layout.columns.filter((each) => each !== name);
  columns.splice(target, 0, name);
  return { ...layout, columns };
}

/** Shows a column at the end, or hides it. The tag is always shown. */
export function shown(layout: Layout, name: string, on: boolean): Layout {
  const rest = layout.columns.filter((each) => each !== name);
  if (on) return { ...layout, columns: [...rest, name] };
  return name === "tag" ? layout : { ...layout, columns: rest };
}

/** Reads a layout that was kept, perhaps by an older version: what makes no sense is left out, never an error. */
export function readLayout(kept: unknown): Layout {
  const given = isObject(kept) ? kept : {};
  const columns = texts(given["columns"]).filter((each) => each !== "tag");
  const widths = Object.entries(isObject(given["widths"]) ? given["widths"] : {}).filter(
    (each): each is [string, number] => typeof each[1] === "number" && each[1] >= narrowest && each[1] <= widest,
  );
  if (columns.length === 0) return { ...firstLayout, widths: Object.fromEntries(widths) };
  return { columns: ["tag", ...new Set(columns)], widths: Object.fromEntries(widths) };
}

/** Reads a kept view. */
export function readView(kept: unknown): View {
  const given = isObject(kept) ? kept : {};
  const where = texts(given["where"]);
  return {
    ...readLayout(given),
    where: where.filter((each) => parseConditions([each]).length === 1),
    search: typeof given["search"] === "string" ? given["search"] : "",
    sort: typeof given["sort"] === "string" ? given["sort"] : "",
    struck: given["struck"] === true,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === "string") : []);
