import { device } from "../../contract/fields.ts";
import { type ImportColumnKey, type ImportLayout, leastColumns } from "../../contract/import-layouts.ts";
import { FileRefusal } from "./file-refusal.ts";
import type { FileRecord } from "./records.ts";

/**
 * Refuses a file whose rows cannot be meant for the layout: the template's old example among them, a heading or title
 * above them, columns in other places, or too few or too many of them in every row.
 *
 * @throws FileRefusal
 */
export function refuseMisplaced(records: readonly FileRecord[], layout: ImportLayout): void {
  refuseExample(records, layout);
  refuseHeading(records, layout);
  refuseShifted(records, layout);
  refuseWrongWidth(records, layout);
}

/** The manual's own example, which templates once carried as a row: its address belongs to nobody's company. */
const example = "yamada-taro@mytest.jp";

function refuseExample(records: readonly FileRecord[], layout: ImportLayout): void {
  const at = layout.columns.indexOf("primaryEmail");
  const found = records.find(({ cells }) => cells[at]?.toLowerCase() === example);
  if (found !== undefined) throw new FileRefusal("fileHasExample", { row: found.line, column: at + 1 });
}

const hasMail = ({ cells }: FileRecord) => cells.some((cell) => cell.includes("@"));

/** More lines than these above the data are no heading. */
const mostHeadings = 5;

/** Words that occur in headings of this trade's files. */
const headingWord = /メール|アドレス|氏名|姓|フリガナ|デバイス|e-?mail|address|name|device/i;

/** Every row has an address; a row without one above a row with one is a heading or a title. */
function refuseHeading(records: readonly FileRecord[], layout: ImportLayout): void {
  const [first] = records;
  if (first === undefined || first.cells[0] === "" || hasMail(first)) return;
  if (isDevice(first.cells[layout.columns.indexOf("device")] ?? "")) return;
  const after = records.slice(0, mostHeadings + 1).findIndex(hasMail);
  if (after < 0 && !first.cells.some((cell) => headingWord.test(cell))) return;
  const last = records[Math.max(0, after - 1)]?.line ?? first.line;
  throw last === first.line
    ? new FileRefusal("fileHasHeading", { row: first.line })
    : new FileRefusal("fileHasTitle", { row: first.line, facts: { last } });
}

/** A file whose columns are shifted is so from its beginning. */
const looked = 100;

const isDevice = (cell: string) => device.safeParse(cell.padStart(2, "0")).success;

type Landmark = {
  readonly key: ImportColumnKey;
  readonly is: (cell: string) => boolean;
  /** Columns that may look the same where they belong. */
  readonly alike: readonly ImportColumnKey[];
};
const address = { is: (cell: string) => cell.includes("@"), alike: ["linkId", "principalName"] } as const;

/** Columns by whose cells a shift is found. */
const landmarks: readonly Landmark[] = [
  { key: "primaryEmail", ...address },
  { key: "certificateEmail", ...address },
  { key: "device", is: isDevice, alike: ["limit"] },
];

/** Refuses a file that has in no row what a column asks for, and has it in every row in another column. */
function refuseShifted(records: readonly FileRecord[], layout: ImportLayout): void {
  const rows = records.slice(0, looked).map(({ cells }) => cells);
  const width = Math.max(...rows.map((cells) => cells.length));
  const own = landmarks.map(({ key }) => layout.columns.indexOf(key)).filter((at) => at >= 0);
  for (const { key, is, alike } of landmarks) {
    const at = layout.columns.indexOf(key);
    if (at < 0 || rows.some((cells) => is(cells[at] ?? ""))) continue;
    const found = Array.from({ length: width }, (_, column) => column).find((column) => {
      const standing = layout.columns[column];
      if (own.includes(column) || (standing !== undefined && alike.includes(standing))) return false;
      return rows.every((cells) => is(cells[column] ?? ""));
    });
    if (found !== undefined)
      throw new FileRefusal("fileIsShifted", { column: at + 1, facts: { found: found + 1, expected: at + 1 } });
  }
}

/** Refuses several rows that all have too few or all too many columns. */
function refuseWrongWidth(records: readonly FileRecord[], layout: ImportLayout): void {
  if (records.length < 2) return;
  const least = leastColumns(layout);
  const most = layout.columns.length;
  const widths = records.map(({ cells }) => cells.length);
  const fewest = widths.reduce((a, b) => Math.min(a, b));
  const given = widths.reduce((a, b) => Math.max(a, b));
  if (given < least) throw new FileRefusal("fileColumnsMissing", { facts: { given, least, most } });
  if (fewest > most) throw new FileRefusal("fileColumnsSurplus", { facts: { given: fewest, least, most } });
}
