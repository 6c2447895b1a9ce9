import { importLayoutOf } from "../contract/import-layouts.ts";
import type { ImportOperation } from "../contract/imports.ts";
import { Refusal } from "../refusal.ts";
import type { Log } from "../telemetry/log.ts";
import { cellError } from "./files/cells.ts";
import type { ImportError } from "./files/import-error.ts";
import { type ImportJob, type RowEnd, RowMoved, type RowKey, type RowRequest } from "./job.ts";
import { operations, type RowFollowUp, type WorkContext } from "./operations/operation.ts";

export type WorkRowContext = WorkContext & {
  /** The job of a row; of an accepted job nothing changes that a row needs, but that it may be stopped. */
  readonly jobOf: (tenantId: string, jobId: string) => Promise<ImportJob | undefined>;
  readonly log: Log;
};

/** Deliveries after which the queue gives a message up: the last one ends the row, so that its job can end. */
const lastTry = 5;

/** One delivery of a row's message, the `receives`-th. What always fails ends its row with the last. */
export async function workDelivery(context: WorkRowContext, key: RowKey, receives: number): Promise<RowFollowUp> {
  try {
    return await workRow(context, key);
  } catch (error) {
    if (receives < lastTry) throw error;
    context.log("row given up", { jobId: key.jobId, row: key.row, error });
    await endUndone(context, key, { state: "failed", error: { code: "rowFailed" } });
    return noFollowUp;
  }
}

const noFollowUp: RowFollowUp = { issuances: [], publications: [] };
/** Two rows of one person may collide; the slower one is tried again. */
const attempts = 6;

/**
 * Does what one row asks for, by the same verbs as the admin site, with the row's own move in their
 * transaction: a message may be delivered again, later or simultaneously, and the row is still done once.
 */
export async function workRow(context: WorkRowContext, key: RowKey): Promise<RowFollowUp> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(context, key);
    } catch (error) {
      if (error instanceof RowMoved) return noFollowUp;
      if (!(error instanceof Refusal)) throw error;
      if (error.kind === "changedMeanwhile") {
        if (attempt < attempts) continue;
        throw error;
      }
      await endUndone(context, key, await endOf(context, key, error));
      return noFollowUp;
    }
  }
}

async function work(context: WorkRowContext, key: RowKey): Promise<RowFollowUp> {
  const row = await context.rows.find(key);
  if (row?.state !== "waiting") return noFollowUp;
  const job = await context.jobOf(key.tenantId, key.jobId);
  if (job === undefined) throw new Error(`row ${key.row} of ${key.jobId} belongs to no job`);
  // It stays as it is: the file's next advance takes it back. What is begun before that is known here is done.
  if (job.stop !== undefined) return noFollowUp;
  return done(authorized(context, job, row), job, row, row.order);
}

/** Every transaction of the row's work, whichever its operation, is done only while the file's actor may act. */
const authorized = (context: WorkRowContext, { actor }: ImportJob, { row }: RowKey): WorkRowContext => ({
  ...context,
  commit: (writes) => context.commit([...context.administrators.mustStillAct(actor, row), ...writes]),
});

const done = <O extends ImportOperation>(
  context: WorkRowContext,
  job: ImportJob,
  row: RowKey,
  { operation, cells }: RowRequest<O>,
): Promise<RowFollowUp> => operations[operation].work(context, job, row, cells);

async function endOf(context: WorkRowContext, key: RowKey, refusal: Refusal): Promise<Undone> {
  if (refusal.kind === "actorRevoked") return { state: "stopped", error: { code: refusal.kind } };
  return { state: "failed", error: await causeOf(context, key, refusal) };
}

/** Why a row was refused: at the cell that it is about, where it is about one, as an error of the file's check is. */
async function causeOf(
  context: WorkRowContext,
  key: RowKey,
  { kind, facts, errors }: Refusal,
): Promise<Omit<ImportError, "row">> {
  const [refused] = errors;
  if (refused === undefined) return { code: kind, facts };
  const fault = { code: refused.code, ...(refused.facts === undefined ? {} : { facts: refused.facts }) };
  const [row, job] = await Promise.all([context.rows.find(key), context.jobOf(key.tenantId, key.jobId)]);
  const service = job && (await context.tenants.findService(job.tenantId, job.serviceId));
  if (row === undefined || job === undefined || service === undefined) return fault;
  return cellError(importLayoutOf[job.operation](service.options), row.order.cells, columnKeyOf(refused.field), fault);
}

/** `familyName`, `devices.0.to` and `devices.0`, which is the device itself, as a row has them. */
const columnKeyOf = (field: string): string => field.replace(/^devices\.\d+$/, "device").replace(/^devices\.\d+\./, "");

type Undone = Extract<RowEnd, { readonly state: "failed" | "stopped" }>;

/** Ends a row that cannot be done, and gives back the licences that it took. A row that has moved on stays as it is. */
export async function endUndone(
  context: Pick<WorkRowContext, "commit" | "rows" | "tenants" | "jobOf">,
  key: RowKey,
  end: Undone,
): Promise<void> {
  const job = await context.jobOf(key.tenantId, key.jobId);
  if (job === undefined) return;
  const licences = operations[job.operation].licencesPerRow;
  try {
    await context.commit([
      ...context.rows.end(key, "waiting", end),
      ...(licences > 0 ? [context.tenants.releaseLicences(job.tenantId, job.serviceId, licences)] : []),
    ]);
  } catch (thrown) {
    if (!(thrown instanceof RowMoved)) throw thrown;
  }
}
