/** Lists that are read as a table, and their columns; `--json` has everything. */
const tables: Readonly<Record<string, readonly string[]>> = {
  "tenant list": ["tenantId", "name", "englishName", "language", "createdAt"],
  "administrator list": ["administratorId", "name", "email", "status", "certificateStatus"],
  "certificate list": ["certificateId", "name", "certificateEmail", "device", "status", "notAfter"],
};

/** The result of a command as text for people. */
export function printedAs(command: string, result: unknown): string {
  if (isDryRun(result))
    return `Dry run: the file was only checked; nothing was registered or changed.\n${printed(result)}`;
  const columns = tables[command];
  if (columns === undefined || !Array.isArray(result) || result.length === 0) return printed(result);
  const rows = (result as readonly Readonly<Record<string, unknown>>[]).map((row) =>
    columns.map((column) => (isPlain(row[column]) ? plain(row[column] ?? "") : "")),
  );
  const lines = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => width(line[at] ?? ""))));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - width(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const isDryRun = (result: unknown): boolean =>
  typeof result === "object" && result !== null && "dryRun" in result && result.dryRun === true;

/** Columns of a terminal: East Asian wide and full-width characters take two (UAX #11). */
const width = (text: string): number =>
  Array.from(text).reduce(
    (sum, one) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u.test(
        one,
      )
        ? 2
        : 1),
    0,
  );

/**
 * A result as text for people: one `name: value` a line, each entry of a list as a block, nested values
 * indented below their name.
 */
function printed(result: unknown): string {
  if (typeof result === "string") return result.trimEnd();
  if (Array.isArray(result)) return result.length === 0 ? "(none)" : result.map(printed).join("\n\n");
  if (typeof result !== "object" || result === null) return String(result);
  return Object.entries(result)
    .map(([name, value]: [string, unknown]) =>
      isPlain(value) ? `${name}: ${plain(value)}` : `${name}:\n${printed(value).replaceAll(/^(?=.)/gm, "  ")}`,
    )
    .join("\n");
}

const isPlain = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Array.isArray(value) && value.every((one) => typeof one !== "object"));

const plain = (value: unknown): string =>
  Array.isArray(value) ? (value.length === 0 ? "(none)" : value.join(", ")) : String(value);
