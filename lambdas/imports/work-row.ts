import type { Log } from "../telemetry/log.ts";
import { register, type RegisterContext } from "../registration/register.ts";
import type { Certificate, Issuer } from "../certificates/certificate.ts";
import { Refusal } from "../refusal.ts";
import { scheduleRevocation } from "../revocation/plan.ts";
import { revoke, type RevokeContext } from "../revocation/revoke.ts";
import {
  type ImportError,
  type ImportJob,
  type ImportRow,
  type Imports,
  type RevokeCells,
  type RowKey,
  RowMoved,
} from "./job.ts";

export type WorkRowContext = RegisterContext &
  RevokeContext & {
    readonly imports: Imports;
    /** The job of a row; of an accepted job nothing changes that a row needs. */
    readonly jobOf: (tenantId: string, jobId: string) => Promise<ImportJob | undefined>;
    readonly log: Log;
  };

/** What the row's work asks for next; many rows ask for it together. */
export type RowFollowUp = {
  readonly issuances: readonly { readonly tenantId: string; readonly certificateId: string }[];
  readonly publications: readonly Issuer[];
};

/** The queue gives a message up after so many tries: the last one ends the row, so that its job can end. */
export const lastTry = 5;

/** One delivery of a row's message, the `receives`-th. What always fails ends its row with the last. */
export async function workDelivery(context: WorkRowContext, key: RowKey, receives: number): Promise<RowFollowUp> {
  try {
    return await workRow(context, key);
  } catch (error) {
    if (receives < lastTry) throw error;
    context.log("row given up", { jobId: key.jobId, row: key.row, error });
    await failRow(context, key, { code: "rowFailed" });
    return noFollowUp;
  }
}

const noFollowUp: RowFollowUp = { issuances: [], publications: [] };
/** Two rows of one person meet; the one that loses looks again. */
const attempts = 6;

/**
 * Does what one row asks for, by the same verbs as the admin site, with the row's own move in their
 * transaction: a message may come again, late or at once, and the row is still done once.
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
      await failRow(context, key, causeOf(error));
      return noFollowUp;
    }
  }
}

async function work(context: WorkRowContext, key: RowKey): Promise<RowFollowUp> {
  const row = await context.imports.findRow(key);
  if (row?.state !== "waiting") return noFollowUp;
  const job = await context.jobOf(key.tenantId, key.jobId);
  if (job === undefined) throw new Error(`row ${key.row} of ${key.jobId} belongs to no job`);
  return row.order.operation === "register" ? registerRow(context, job, row) : revokeRow(context, job, row);
}

async function registerRow(context: WorkRowContext, job: ImportJob, row: ImportRow): Promise<RowFollowUp> {
  if (row.order.operation !== "register") throw new Error("not a registration");
  const { certificateEmail, device, from, to, linkId, principalName, ...person } = row.order.cells;
  const tenant = await context.tenants.findTenant(job.tenantId);
  if (tenant === undefined) throw new Refusal("notFound");
  const { certificates } = await register(
    context,
    {
      tenant,
      serviceId: job.serviceId,
      organizationId: job.organizationId ?? "",
      actor: job.actor,
      registration: { ...person, devices: [{ device, from, to, certificateEmail, linkId, principalName }] },
      importRow: { jobId: job.jobId, row: row.row, bulkDownload: job.bulkDownload },
      // As `readUploaded` reads it: a row that was found right stays right.
      askedAt: new Date(job.checkedAt ?? job.createdAt),
    },
    (registered) =>
      registered.certificates.map(({ certificateId }) => context.imports.markRowIssuing(row, certificateId)),
  );
  const { tenantId } = job;
  return { ...noFollowUp, issuances: certificates.map(({ certificateId }) => ({ tenantId, certificateId })) };
}

/**
 * Revokes every live certificate of the slot, now or on the job's day; the row ends with the last of
 * them, whose licence the job's next advance releases (`advance.ts`).
 */
async function revokeRow(context: WorkRowContext, job: ImportJob, row: ImportRow): Promise<RowFollowUp> {
  const { tenantId, actor, on } = job;
  const found = await certificatesOf(context, job, row.order.cells);
  const live = found.filter(({ state }) => state.status === "issued" || state.status === "downloaded");
  if (live.length === 0) {
    if (found.some(({ state }) => state.status === "issuing")) throw new Refusal("stillIssuing");
    await context.commit(
      context.imports.endRow(row, "waiting", { state: "skipped", error: { code: "nothingToRevoke" } }),
    );
    return noFollowUp;
  }
  const publications: Issuer[] = [];
  for (const [at, { certificateId }] of live.entries()) {
    const order = { tenantId, certificateId, reason: "unspecified", actor, silent: true } as const;
    const last = () => (at === live.length - 1 ? context.imports.endRow(row, "waiting", { state: "done" }) : []);
    const licence = at === live.length - 1 ? ({ licence: "caller" } as const) : {};
    if (on === undefined) publications.push((await revoke(context, { ...order, ...licence }, last)).issuer);
    else await scheduleRevocation(context, { ...order, at: new Date(on) }, last);
  }
  return { ...noFollowUp, publications };
}

async function certificatesOf(
  context: WorkRowContext,
  job: ImportJob,
  cells: RevokeCells,
): Promise<readonly Certificate[]> {
  const { tenantId, serviceId } = job;
  const { primaryEmail, certificateEmail, device } = cells;
  const known = await context.subscribers.findByMail({ tenantId, serviceId, primaryEmail }, [
    { certificateEmail, device },
  ]);
  const [slot] = known?.slots ?? [];
  if (slot === undefined) throw new Refusal("notFound");
  const certificate = await context.certificates.find(tenantId, slot.certificateId);
  return certificate === undefined ? [] : [certificate];
}

const causeOf = ({ kind, facts, errors }: Refusal): Omit<ImportError, "row"> => {
  const [field] = errors;
  if (field === undefined) return { code: kind, facts };
  return { code: field.code, ...(field.facts === undefined ? {} : { facts: field.facts }) };
};

/** Ends a row that cannot be done; a registration's licence is free again. A row that has moved on stays as it is. */
export async function failRow(
  context: Pick<WorkRowContext, "commit" | "imports" | "tenants" | "jobOf">,
  key: RowKey,
  error: Omit<ImportError, "row">,
): Promise<void> {
  const job = await context.jobOf(key.tenantId, key.jobId);
  if (job === undefined) return;
  try {
    await context.commit([
      ...context.imports.endRow(key, "waiting", { state: "failed", error }),
      ...(job.operation === "register" ? [context.tenants.releaseLicences(job.tenantId, job.serviceId, 1)] : []),
    ]);
  } catch (thrown) {
    if (!(thrown instanceof RowMoved)) throw thrown;
  }
}
