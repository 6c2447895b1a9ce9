import type { ContractedService } from "../registry/tenant.ts";
import { collect, decode } from "./files/decode.ts";
import { FileRefusal } from "./files/file-refusal.ts";
import { isTemplateHeader, layouts } from "./files/layouts.ts";
import { recordsOf } from "./files/records.ts";
import { registerRows, revokeRows } from "./files/rows.ts";
import type { ImportError, ImportJob, ImportRow, RegisterCells, RevokeCells, RowOrder } from "./job.ts";

/** A file's rows, or the first of what is wrong with it; all are `total`. */
export type ReadFile = {
  readonly rows: readonly ImportRow[];
  readonly errors: readonly ImportError[];
  readonly total: number;
};

type Order = { readonly line: number; readonly order: RowOrder };

/** Reads a file's bytes by its job's layout. The day that counts is that of the first look, however often it is read. */
export async function readUploaded(
  context: { readonly authorityEnd: () => Promise<Date> },
  job: ImportJob,
  service: ContractedService,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ReadFile> {
  const { tenantId, jobId, operation } = job;
  try {
    const layout = layouts[operation];
    const records = recordsOf(decode(await collect(bytes)), (cells) => isTemplateHeader(layout, cells));
    const now = new Date(job.checkedAt ?? job.createdAt);
    const checked =
      operation === "register"
        ? registerRows(records, { service, now, authorityEnd: await context.authorityEnd() })
        : revokeRows(records);
    if ("errors" in checked) return { rows: [], errors: checked.errors, total: checked.total };
    const orders: readonly Order[] = checked.rows.map(({ line, cells }) => ({ line, order: orderOf(operation, cells) }));
    const rows = orders.map(
      ({ line, order }, at): ImportRow => ({ tenantId, jobId, row: at + 1, line, state: "waiting", order, resent: 0 }),
    );
    return { rows, errors: [], total: 0 };
  } catch (error) {
    if (error instanceof FileRefusal) return { rows: [], errors: [error.fault], total: 1 };
    throw error;
  }
}

const orderOf = (operation: ImportJob["operation"], cells: RegisterCells | RevokeCells): RowOrder =>
  operation === "register" && "familyName" in cells
    ? { operation: "register", cells }
    : { operation: "revoke", cells: { primaryEmail: cells.primaryEmail, certificateEmail: cells.certificateEmail, device: cells.device } };
