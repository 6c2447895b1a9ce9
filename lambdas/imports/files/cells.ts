import { type ImportColumnKey, importColumns, type ImportLayout, leastColumns } from "../../contract/import-layouts.ts";
import { factsOf } from "../../contract/fields.ts";
import type { ImportError } from "../job.ts";
import { cellRules } from "./columns.ts";
import type { FileRecord } from "./records.ts";

/** The cells that keep their rules, normalised; empty ones are absent. */
export type Cells = { readonly [Key in ImportColumnKey]?: string };

/** What is wrong with one column of a row. */
export type Fault = Omit<ImportError, "row" | "column"> & { readonly at: ImportColumnKey };

/** Columns that the service has not contracted, each with the rule that refuses whatever stands there. */
export type Closed = { readonly [Key in ImportColumnKey]?: string };

/** One record by its layout: every cell that is right, and an error for every one that is not. */
export function readCells(
  layout: ImportLayout,
  record: FileRecord,
  closed: Closed = {},
): { readonly cells: Cells; readonly errors: readonly ImportError[] } {
  const cells: { [Key in ImportColumnKey]?: string } = {};
  const errors: ImportError[] = [];
  const given = record.cells.length;
  const fail = (column: number, code: string, facts?: ImportError["facts"]) =>
    errors.push({ ...placeIn(record, column), code, ...(facts === undefined ? {} : { facts }) });

  for (const [at, key] of layout.columns.slice(0, given).entries()) {
    const cell = record.cells[at] ?? "";
    if (cell === "") {
      if (importColumns[key].required) fail(at + 1, "required");
      continue;
    }
    const refused = closed[key] ?? (/[\r\n]/.test(cell) ? "lineBreak" : undefined);
    const read = cellRules[key].safeParse(cell);
    if (refused === undefined && read.success) cells[key] = read.data;
    else if (refused !== undefined) fail(at + 1, refused);
    else {
      const issue = read.error?.issues[0];
      fail(at + 1, issue?.message ?? "invalid", issue && factsOf(issue));
    }
  }

  const least = leastColumns(layout);
  const most = layout.columns.length;
  if (given < least) fail(given + 1, "columnsMissing", { given, least, most });
  if (given > most) fail(most + 1, "columnsSurplus", { given, least, most });
  return { cells, errors };
}

/** The errors that faults are, at the columns where the layout has their keys. */
export const placed = (layout: ImportLayout, record: FileRecord, faults: readonly Fault[]): readonly ImportError[] =>
  faults.map(({ at, ...fault }) => ({ ...placeIn(record, layout.columns.indexOf(at) + 1), ...fault }));

/** More of a value helps nobody to find it. */
const longestValue = 64;

/** Where an error is, and what is there. */
function placeIn({ line, cells }: FileRecord, column: number): Pick<ImportError, "row" | "column" | "value"> {
  const value = cells[column - 1] ?? "";
  const characters = Array.from(value);
  const shown = characters.length > longestValue ? `${characters.slice(0, longestValue).join("")}…` : value;
  return { row: line, column, ...(shown === "" ? {} : { value: shown }) };
}
