import { CsvError, parse } from "csv-parse/sync";
import { trimmed } from "../../contract/characters.ts";
import { type ImportLayout, isTemplateHeader } from "../../contract/import-layouts.ts";
import { importLimits } from "../../contract/imports.ts";
import { FileRefusal } from "./file-refusal.ts";

/** A record with the number by which a person finds it: blank lines and the header count too. */
export type FileRecord = { readonly line: number; readonly cells: readonly string[] };

/** The rows of a file; its own header, where it has our template's, is none of them. */
export type FileRecords = { readonly header: FileRecord | undefined; readonly records: readonly FileRecord[] };

/** More than any layout's longest values take together. */
const longestRecord = 16_384;
/** Columns beyond which a filled record belongs to another kind of file. */
const mostFilledColumns = 100;
/** Columns of a spreadsheet, which may all be saved, empty. */
const mostColumns = 16_384;
/** Lines of nothing but commas cost time as rows do. */
const mostEmptied = 10 * importLimits.rows;

/**
 * The records of a CSV text (RFC 4180, any line end), as the layout's rules are to see them: blanks and invisible
 * characters around cells are dropped, and so are empty cells beyond the layout, blank lines, lines of empty cells
 * (spreadsheets leave all these) and a first line that is the template's header. A line break inside a cell is kept
 * for the cell's rule to refuse. Reading stops at the first record that cannot be read and beyond the number of rows.
 *
 * @throws FileRefusal
 */
export function recordsOf(text: string, layout: ImportLayout): FileRecords {
  const records: FileRecord[] = [];
  let header: FileRecord | undefined;
  // Where the last record ended, by the parser's count.
  let last = { lines: 0, empty_lines: 0 };
  let emptied = 0;
  try {
    parse(spaced(text), {
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: longestRecord,
      cast: (value, { index, records: before, empty_lines }) => {
        const written = spaced(value);
        const cell = /[\r\n]/.test(written) ? written : trimmed(written);
        if (index < mostFilledColumns || (cell === "" && index < mostColumns)) return cell;
        throw new FileRefusal("fileHasTooManyColumns", { row: before + empty_lines + 1, column: index + 1 });
      },
      on_record: (cells: string[], { records: count, empty_lines, lines }) => {
        last = { lines, empty_lines };
        if (cells.every((cell) => cell === "")) {
          if (++emptied > mostEmptied) throw new FileRefusal("fileHasTooManyEmptyRows");
          return null;
        }
        const record = { line: count + empty_lines, cells: withoutSurplus(cells, layout.columns.length) };
        if (header === undefined && records.length === 0 && isTemplateHeader(layout, record.cells)) {
          header = record;
          return null;
        }
        if (records.length === importLimits.rows) throw tooManyRows(text, header !== undefined);
        records.push(record);
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error, last) : error;
  }
  if (records.length === 0) throw new FileRefusal("fileHasNoRows");
  return { header, records };
}

/** Without the empty cells beyond the layout's last column. */
function withoutSurplus(cells: readonly string[], most: number): readonly string[] {
  const filled = cells.findLastIndex((cell) => cell !== "") + 1;
  return cells.slice(0, Math.max(filled, most));
}

/** The refusal with the count of all rows: lines outside of quotes that hold more than separators. */
function tooManyRows(text: string, hasHeader: boolean): FileRefusal {
  let count = hasHeader ? -1 : 0;
  let filled = false;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (mark === 0x22) quoted = !quoted;
    else if (!quoted && (mark === 0x0a || mark === 0x0d)) {
      if (filled) count++;
      filled = false;
    } else filled ||= mark > 0x20 && mark !== 0x2c;
  }
  if (filled) count++;
  return new FileRefusal("fileHasTooManyRows", { facts: { rows: importLimits.rows, count } });
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
