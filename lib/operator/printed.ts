/** Lists that are read as a table, and their columns; `--json` has everything. */
const tables: Readonly<Record<string, readonly string[]>> = {
  "tenant list": ["tenantId", "name", "englishName", "language", "createdAt"],
  "administrator list": ["administratorId", "name", "email", "status", "certificateStatus"],
  "audit list": ["at", "action", "subject", "actor", "facts", "changes"],
  "certificate list": ["certificateId", "name", "certificateEmail", "device", "status", "notAfter"],
};

/** The result of a command as text for people. */
export function printedAs(command: string, result: unknown): string {
  if (isDryRun(result))
    return `Dry run: the file was only checked; nothing was registered or changed.\n${printed(result)}`;
  const columns = tables[command];
  return columns === undefined || !isList(result) ? printed(result) : table(columns, result);
}

type Row = Readonly<Record<string, unknown>>;

/** A line of column names, and a line a row. */
function table(columns: readonly string[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => brief(row[column] ?? "")));
  const lines = [columns, ...cells];
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

/** What a terminal of a usual width shows in one line. */
const columnsOfTerminal = 120;

/** A list as a table where every row fits a line, otherwise as a block an entry. */
function list(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const asTable = rows.every((row) => Object.values(row).every(isPlain)) ? table(columns, rows) : undefined;
  return asTable?.split("\n").every((line) => width(line) <= columnsOfTerminal)
    ? asTable
    : rows.map(printed).join("\n\n");
}

const isList = (result: unknown): result is readonly Row[] =>
  Array.isArray(result) && result.length > 0 && result.every((one) => typeof one === "object" && one !== null);

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

/** A result as text for people: one `name: value` a line, nested values indented below their name. */
function printed(result: unknown): string {
  if (typeof result === "string") return result.trimEnd();
  if (isList(result)) return list(result);
  if (Array.isArray(result)) return plain(result);
  if (typeof result !== "object" || result === null) return String(result);
  return Object.entries(result)
    .map(([name, value]: [string, unknown]) =>
      isPlain(value) ? `${name}: ${plain(value)}` : `${name}:\n${printed(value).replaceAll(/^(?=.)/gm, "  ")}`,
    )
    .join("\n");
}

/** A value in a cell. Of a record its values with their names, but for a kind; a change as `from → to`. */
function brief(value: unknown): string {
  if (isPlain(value)) return plain(value);
  if (Array.isArray(value)) return value.map(brief).join(", ");
  return Object.entries(value as Row)
    .map(([name, one]) => (name === "kind" ? brief(one) : `${name}=${isChange(one) ? changed(one) : brief(one)}`))
    .join(" ");
}

const isChange = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && Object.keys(value).every((name) => name === "from" || name === "to");
const changed = ({ from, to }: Row): string => [from, to].map((one) => brief(one ?? "(none)")).join("→");

const isPlain = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Array.isArray(value) && value.every((one) => typeof one !== "object"));

const plain = (value: unknown): string =>
  Array.isArray(value) ? (value.length === 0 ? "(none)" : value.join(", ")) : String(value);
