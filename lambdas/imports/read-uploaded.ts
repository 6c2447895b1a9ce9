import { type ImportLayout, importLayoutOf, type OperationCells } from "../contract/import-layouts.ts";
import type { ImportOperation } from "../contract/imports.ts";
import type { ServiceRules } from "../registration/rules.ts";
import { placed } from "./files/cells.ts";
import { collect } from "./files/collect.ts";
import { FileRefusal } from "./files/file-refusal.ts";
import { elsewhere, finished } from "./files/rows.ts";
import { readFile } from "./files/read-file.ts";
import { rowReaders } from "./files/row-readers.ts";
import { type ImportError, keyed } from "./files/import-error.ts";
import type { ImportJob, ImportRow, RowRequest } from "./job.ts";
import type { RegistryLookUps } from "./look-ups.ts";
import { operations } from "./operations/operation.ts";

/** A file's rows that are right by themselves, and what is wrong with it, in the file's order. */
export type ReadFile<O extends ImportOperation = ImportOperation> = {
  readonly rows: readonly ImportRow<O>[];
  readonly errors: readonly ImportError[];
};

export type ReadContext = { readonly authorityEnd: () => Promise<Date>; readonly lookUps: RegistryLookUps };

/**
 * Reads a file's bytes by its job's operation, and asks the registry about its rows. The day that counts is that of
 * the first reading, however often it is read.
 */
export async function readUploaded(
  context: ReadContext,
  job: ImportJob,
  service: ServiceRules,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ReadFile> {
  const layout = importLayoutOf[job.operation](service.options);
  try {
    return await readAs(context, job.operation, job, service, layout, await collect(bytes));
  } catch (error) {
    if (error instanceof FileRefusal) return { rows: [], errors: [keyed(layout, error.fault)] };
    throw error;
  }
}

async function readAs<O extends ImportOperation>(
  context: ReadContext,
  operation: O,
  job: ImportJob,
  service: ServiceRules,
  layout: ImportLayout,
  bytes: Uint8Array,
): Promise<ReadFile<O>> {
  const { tenantId, jobId } = job;
  const { records } = readFile(bytes, layout);
  const now = new Date(job.checkedAt ?? job.createdAt);
  const facts = { service, now, authorityEnd: await context.authorityEnd() };
  const read = finished(rowReaders[operation](layout, records, facts));
  const all = [...read.rows.map((row) => ({ ...row, columns: [] })), ...read.wrong];
  const registryFaults = await operations[operation].registryRule(
    context.lookUps,
    job,
    all.map(({ cells }) => cells),
  );
  const refused = all.flatMap(({ record, cells, columns }) =>
    placed(layout, record, registryFaults(cells)).filter(elsewhere(columns)),
  );
  const request = (cells: OperationCells[O]): RowRequest<O> => ({ operation, cells });
  const errors = [...read.errors, ...refused];
  return {
    rows: read.rows.map(({ record: { line }, cells }, at) => ({
      tenantId,
      jobId,
      row: at + 1,
      line,
      resent: 0,
      state: "waiting",
      order: request(cells),
    })),
    errors: errors.toSorted((a, b) => a.row - b.row || (a.column ?? 0) - (b.column ?? 0)),
  };
}
