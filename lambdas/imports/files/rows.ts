import { closedColumns, type ImportLayout, type OperationCells } from "../../contract/import-layouts.ts";
import type { Device } from "../../contract/fields.ts";
import type { Clock, ServiceRules } from "../../registration/rules.ts";
import { type Cells, type Fault, placed, readCells } from "./cells.ts";
import { saidOnce } from "./common-causes.ts";
import type { ImportError } from "./import-error.ts";
import type { FileRecord } from "./records.ts";

/** A row that keeps every rule of the file. */
export type FileRow<Complete> = { readonly record: FileRecord; readonly cells: Complete };

/** A row as far as its cells keep their rules, and the columns (from 1) where something is wrong. */
export type WrongRow = { readonly record: FileRecord; readonly cells: Cells; readonly columns: readonly number[] };

/** The rows that are right and those that are not, with all errors: both may be wrong in what only the registry knows. */
export type Checked<Complete> = {
  readonly rows: readonly FileRow<Complete>[];
  readonly wrong: readonly WrongRow[];
  readonly errors: readonly ImportError[];
};

/** What the rules of a file's rows need to know. */
export type FileFacts = Clock & { readonly service: ServiceRules };

/**
 * Reads a file's records by its layout, and says what is wrong with them without asking the registry. It yields the
 * number of rows read so far from time to time: a page draws itself in between (`finished` does not wait).
 */
export type RowReader<Complete> = (
  layout: ImportLayout,
  records: readonly FileRecord[],
  facts: FileFacts,
) => Generator<number, Checked<Complete>>;

/** What a reading comes to, without a pause. */
export function finished<Result>(reading: Generator<number, Result>): Result {
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

/** About 10 ms of work for a browser. */
const rowsAtOnce = 200;

/** Reads rows one by one; `faultsOf` says what is wrong beyond the single cells, and may remember the rows before. */
export function* checkRows<Complete>(
  layout: ImportLayout,
  records: readonly FileRecord[],
  { options }: ServiceRules,
  isComplete: (cells: Cells) => cells is Cells & Complete,
  faultsOf: (cells: Cells, record: FileRecord) => readonly Fault[],
): Generator<number, Checked<Complete>> {
  const closed = closedColumns(options);
  const rows: FileRow<Complete>[] = [];
  const wrong: WrongRow[] = [];
  const errors: ImportError[] = [];
  for (const [at, record] of records.entries()) {
    if (at > 0 && at % rowsAtOnce === 0) yield at;
    const { cells, errors: unread } = readCells(layout, record, closed);
    const refused = columnsOf(unread);
    const found = [...unread, ...placed(layout, record, faultsOf(cells, record)).filter(elsewhere(refused))];
    if (found.length === 0) {
      if (!isComplete(cells)) throw new Error(`row ${record.line} lacks a required cell, and no rule said so`);
      rows.push({ record, cells });
      continue;
    }
    wrong.push({ record, cells, columns: columnsOf(found) });
    errors.push(...found.toSorted((a, b) => (a.column ?? 0) - (b.column ?? 0)));
  }
  return { rows, wrong, errors: saidOnce(errors, records.length) };
}

const columnsOf = (errors: readonly ImportError[]) => errors.flatMap(({ column }) => column ?? []);

/** True for an error in another column than these: of one cell, the first rule that refuses it says enough. */
export const elsewhere =
  (columns: readonly number[]) =>
  ({ column }: Pick<ImportError, "column">): boolean =>
    column === undefined || !columns.includes(column);

/** The cells that name a slot: a revocation's columns. */
export type SlotCells = OperationCells["revoke"];

export const hasSlot = (cells: Cells): cells is Cells & SlotCells & { readonly device: Device } =>
  cells.primaryEmail !== undefined && cells.certificateEmail !== undefined && cells.device !== undefined;

/** A slot within its service; mails compare case-blind. */
export const slotOf = ({ primaryEmail, certificateEmail, device }: SlotCells): string =>
  `${primaryEmail.toLowerCase()} ${certificateEmail.toLowerCase()} ${device}`;

/** Refuses a slot that an earlier row has. */
export function slotsOnce(): (cells: Cells, record: FileRecord) => readonly Fault[] {
  const lines = new Map<string, number>();
  return (cells, { line }) => {
    if (!hasSlot(cells)) return [];
    const slot = slotOf(cells);
    const first = lines.get(slot);
    if (first === undefined) lines.set(slot, line);
    return first === undefined ? [] : [{ at: "primaryEmail", code: "slotTwice", facts: { first } }];
  };
}
