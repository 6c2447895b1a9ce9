import { CsvError, parse } from "csv-parse/sync";
import { importLimits } from "../../contract/imports.ts";
import { FileRefusal } from "./file-refusal.ts";

/** A record with the number by which a person finds it: blank lines and the header count too. */
export type FileRecord = { readonly line: number; readonly cells: readonly string[] };

/** More than any layout's longest values take together. */
const longestRecord = 16_384;
const mostColumns = 100;
/** Lines of nothing but commas cost time as rows do. */
const mostEmptied = 10 * importLimits.rows;

/**
 * The records of a CSV text (RFC 4180, any line end), blanks around cells trimmed. Blank lines, lines
 * of empty cells (spreadsheets leave them) and a first line that is a header are left out. A line
 * break inside a cell is kept for the cell's rule to refuse. Reading stops at the first record that
 * cannot be read and beyond the number of rows.
 *
 * @throws FileRefusal
 */
export function recordsOf(text: string, isHeader: (cells: readonly string[]) => boolean): readonly FileRecord[] {
  const records: FileRecord[] = [];
  // Where the last record ended, by the parser's count.
  let last = { lines: 0, empty_lines: 0 };
  let begun = false;
  let emptied = 0;
  const trimmed = (value: string) => (/[\r\n]/.test(value) ? value : spaced(value).trim());
  try {
    parse(spaced(text), {
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: longestRecord,
      cast: (value, { index, records: before, empty_lines }) => {
        if (index < mostColumns) return trimmed(value);
        throw new FileRefusal("fileHasTooManyColumns", { row: before + empty_lines + 1, column: index + 1 });
      },
      on_record: (cells: string[], { records: count, empty_lines, lines }) => {
        last = { lines, empty_lines };
        if (cells.every((cell) => cell === "") && ++emptied <= mostEmptied) return null;
        const first = !begun;
        begun = true;
        if (first && isHeader(cells)) return null;
        if (records.length === importLimits.rows || emptied > mostEmptied) {
          throw new FileRefusal("fileHasTooManyRows", { facts: { rows: importLimits.rows } });
        }
        records.push({ line: count + empty_lines, cells });
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error, last) : error;
  }
  if (records.length === 0) throw new FileRefusal("fileHasNoRows");
  return records;
}

/**
 * Changes every U+3000 into VT and every VT into U+3000; twice, it changes nothing. The parser (7.0.3)
 * trims the three bytes of U+3000 everywhere but after a closing quote; a one-byte blank it trims there too.
 */
const spaced = (text: string) => text.replaceAll(/[\u3000\v]/g, (blank) => (blank === "\v" ? "\u3000" : "\v"));

type Place = {
  readonly records: number;
  readonly lines: number;
  readonly empty_lines: number;
  readonly column: number;
};

const misplaced = new Set([
  "INVALID_OPENING_QUOTE",
  "CSV_INVALID_CLOSING_QUOTE",
  "CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE",
]);

function unreadable(error: CsvError, last: Pick<Place, "lines" | "empty_lines">): Error {
  const { records, lines, empty_lines, column } = error as CsvError & Place;
  const place = { row: records + empty_lines + 1, column: column + 1 };
  if (misplaced.has(error.code)) return new FileRefusal("fileQuoteMisplaced", place);
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return new FileRefusal("fileQuoteOpen", place);
  if (error.code !== "CSV_MAX_RECORD_SIZE") return error;
  // A record that has run over line ends did so inside a quote.
  const beganAt = last.lines + (empty_lines - last.empty_lines) + 1;
  return new FileRefusal(lines > beganAt ? "fileQuoteOpen" : "fileRowTooLong", place);
}
