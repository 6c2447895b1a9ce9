import { type ImportColumnKey, importColumns, type ImportLayout, leastColumns } from "../../contract/import-layouts.ts";
import { shownValue } from "../../contract/characters.ts";
import { faultOf } from "../../contract/text.ts";
import type { MessageCode } from "../../contract/messages.ts";
import type { FieldRule } from "../../contract/rules.ts";
import { cellRules } from "./columns.ts";
import type { ImportError } from "./import-error.ts";
import type { FileRecord } from "./records.ts";

/** The cells that keep their rules, normalised; empty ones are absent. */
export type Cells = { readonly [Key in ImportColumnKey]?: string };

/** What is wrong with one column of a row. */
export type Fault = Pick<ImportError, "code" | "facts"> & { readonly at: ImportColumnKey };

/** Columns that the service has not contracted, each with the rule that refuses any value in it. */
export type Closed = { readonly [Key in ImportColumnKey]?: FieldRule };

/** One record by its layout: every cell that is right, and an error for every one that is not. */
export function readCells(
  layout: ImportLayout,
  record: FileRecord,
  closed: Closed = {},
): { readonly cells: Cells; readonly errors: readonly ImportError[] } {
  const cells: { [Key in ImportColumnKey]?: string } = {};
  const errors: ImportError[] = [];
  const given = record.cells.length;
  const fail = (column: number, code: MessageCode, facts?: ImportError["facts"]) =>
    errors.push(errorAt(layout, record, column, { code, ...(facts === undefined ? {} : { facts }) }));

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
      const { code, facts } = issue === undefined ? ({ code: "invalid" } as const) : faultOf(issue);
      fail(at + 1, code, facts);
    }
  }

  const least = leastColumns(layout);
  const most = layout.columns.length;
  if (given < least) fail(given + 1, "columnsMissing", { given, least, most });
  if (given > most) fail(most + 1, "columnsSurplus", { given, least, most });
  return { cells, errors };
}

/** An error in a column (from 1) of a record, with what the cell shows. */
function errorAt(
  { columns }: ImportLayout,
  { line, cells }: FileRecord,
  column: number,
  fault: Pick<ImportError, "code" | "facts">,
): ImportError {
  const key = columns[column - 1];
  const cell = cells[column - 1] ?? "";
  return {
    row: line,
    column,
    ...(key === undefined ? {} : { key }),
    ...(cell === "" ? {} : { value: shownValue(cell) }),
    ...fault,
  };
}

/** A fault of a row whose cells were read before, at its key's column and with its cell; of the whole row where the layout has no such column. */
export function cellError(
  { columns }: ImportLayout,
  cells: Cells,
  at: string,
  fault: Pick<ImportError, "code" | "facts">,
): Omit<ImportError, "row"> {
  const key = columns.find((column) => column === at);
  if (key === undefined) return fault;
  const cell = cells[key];
  return {
    column: columns.indexOf(key) + 1,
    key,
    ...(cell === undefined ? {} : { value: shownValue(cell) }),
    ...fault,
  };
}

/** The errors that faults are, at the columns where the layout has their keys. */
export const placed = (layout: ImportLayout, record: FileRecord, faults: readonly Fault[]): readonly ImportError[] =>
  faults.map(({ at, ...fault }) => errorAt(layout, record, layout.columns.indexOf(at) + 1, fault));
