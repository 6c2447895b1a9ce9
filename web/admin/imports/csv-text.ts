/**
 * A CSV that spreadsheets open rightly and safely: UTF-8 with BOM, CRLF, everything quoted, and nothing that
 * would be taken for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvText(records: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${cell.replace(/^(?=[=+\-@＝＋－＠\t\r])/, "'").replaceAll('"', '""')}"`;
  return `\ufeff${records.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")}`;
}
