import { importLayouts, isTemplateHeader } from "../contract/import-layouts.ts";
import type { ContractedService } from "../registry/tenant.ts";
import { collect, decode } from "./files/decode.ts";
import { FileRefusal } from "./files/file-refusal.ts";
import { recordsOf } from "./files/records.ts";
import { type PlacedRow, registerRows, revokeRows } from "./files/rows.ts";
import type { ImportError, ImportJob, ImportRow, RegisterCells, RevokeCells, RowRequest } from "./job.ts";

/** A file's rows that are right by themselves, those that are not but tell their slot, and the first of what is wrong; all are `total`. */
export type ReadFile = {
  readonly rows: readonly ImportRow[];
  readonly placed: readonly PlacedRow[];
  readonly errors: readonly ImportError[];
  readonly total: number;
};

/** Reads a file's bytes by its job's layout. The day that counts is that of the first look, however often it is read. */
export async function readUploaded(
  context: { readonly authorityEnd: () => Promise<Date> },
  job: ImportJob,
  service: ContractedService,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ReadFile> {
  const { tenantId, jobId, operation } = job;
  try {
    const layout = importLayouts[operation];
    const records = recordsOf(decode(await collect(bytes)), (cells) => isTemplateHeader(layout, cells));
    const now = new Date(job.checkedAt ?? job.createdAt);
    const checked =
      operation === "register"
        ? registerRows(records, { service, now, authorityEnd: await context.authorityEnd() })
        : revokeRows(records);
    const {
      rows: right,
      placed,
      errors,
      total,
    } = "errors" in checked ? { ...checked, rows: checked.sound } : { ...checked, placed: [], errors: [], total: 0 };
    const rows = right.map(({ line, cells }, at): ImportRow => ({
      tenantId,
      jobId,
      row: at + 1,
      line,
      resent: 0,
      state: "waiting",
      order: orderOf(operation, cells),
    }));
    return { rows, placed, errors, total };
  } catch (error) {
    if (error instanceof FileRefusal) return { rows: [], placed: [], errors: [error.fault], total: 1 };
    throw error;
  }
}

const orderOf = (operation: ImportJob["operation"], cells: RegisterCells | RevokeCells): RowRequest =>
  operation === "register" && "familyName" in cells
    ? { operation: "register", cells }
    : {
        operation: "revoke",
        cells: { primaryEmail: cells.primaryEmail, certificateEmail: cells.certificateEmail, device: cells.device },
      };
