/** Rows of one request. A page of the screen shows about twenty, so a few requests feed minutes of scrolling. */
export const pageSize = 200;

/** The rows that the table shows, from the first to the last. */
export interface Span {
  first: number;
  last: number;
}

/** The pages that hold a span of rows, of a list that may be shorter; always the first, which tells how long the list is. */
export function pagesOf({ first, last }: Span): number[] {
  const pages = new Set([0]);
  for (let page = Math.floor(Math.max(0, first) / pageSize); page <= Math.floor(Math.max(0, last) / pageSize); page++) pages.add(page);
  return [...pages];
}
