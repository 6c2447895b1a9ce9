/** A formula to a spreadsheet (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^[=+\-@＝＋－＠\t\r]/;
/** A number to a spreadsheet, which keeps 15 of its digits and writes it in another form: serial numbers can look so. */
const changed = /^\d+(?:e\d+|\d{15})$/i;

const quoted = (cell: string): string =>
  `"${formula.test(cell) || changed.test(cell) ? "'" : ""}${cell.replaceAll('"', '""')}"`;

/**
 * A CSV that spreadsheets open correctly and safely: UTF-8 with BOM, CRLF, everything quoted, and an apostrophe before
 * what a spreadsheet would execute or change.
 */
export const csvText = (records: readonly (readonly string[])[]): string =>
  `\ufeff${records.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")}`;
