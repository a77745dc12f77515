/**
 * csvOf writes a table as spreadsheet programs read it: UTF-8 with a byte order mark, by which Excel shows umlauts, commas and CRLF (RFC 4180). A cell that a
 * spreadsheet program could run as a formula gets an apostrophe, as in every export of Fieldbook (docs/import.md).
 */
export function csvOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => quoted(neutral(cell))).join(",");
  return `\uFEFF${[header, ...rows].map(line).join("\r\n")}\r\n`;
}

const number = /^-\d+(\.\d+)?$/;
const begins = /^'*[=+\-@\t\r\n＝＋－＠]/;
const within = /([,;\t\n\r])('*[=+\-@＝＋－＠])/g;

function neutral(cell: string): string {
  if (number.test(cell)) return cell;
  const safe = cell.replace(within, "$1'$2");
  return begins.test(safe) ? `'${safe}` : safe;
}

function quoted(cell: string): string {
  return /[",;\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
