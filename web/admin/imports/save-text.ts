/** Hands a text over as a file, the way a browser saves a download. */
export function saveText(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has begun to read it when the click returns.
  URL.revokeObjectURL(address);
}

/**
 * A CSV that spreadsheets open rightly and safely: UTF-8 with BOM, CRLF, everything quoted, and nothing that
 * would be taken for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvText(records: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${cell.replace(/^(?=[=+\-@＝＋－＠\t\r])/, "'").replaceAll('"', '""')}"`;
  return `\ufeff${records.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")}`;
}
