import type { AuditAction } from "../contract/audit.ts";
import { importKinds, importLimits } from "../contract/imports.ts";
import type { MessageCode } from "../contract/messages.ts";
import type { ToAdministratorsContext } from "../notices/to-administrators.ts";
import { Refusal } from "../refusal.ts";
import { orderFault, rulesOf } from "../registration/rules.ts";
import type { ContractedService } from "../registry/tenant.ts";
import { committed } from "../transaction/write.ts";
import { type ImportNoticeKind, importNotices, noCounts } from "./import-notices.ts";
import { uploadKey } from "./create.ts";
import type { ImportError } from "./files/import-error.ts";
import type { ImportJob, ImportRow, JobKey } from "./job.ts";
import { operations } from "./operations/operation.ts";
import type { ImportPorts } from "./ports.ts";
import { type ReadContext, readUploaded } from "./read-uploaded.ts";
import { stopCode } from "./stop.ts";

export type CheckContext = ReadContext &
  ToAdministratorsContext &
  Pick<
    ImportPorts,
    | "now"
    | "commit"
    | "administrators"
    | "tenants"
    | "jobs"
    | "rows"
    | "jobErrors"
    | "notices"
    | "audit"
    | "sendAdvance"
    | "sendNotices"
  > & {
    /** The bytes of that version; undefined when there is none. */
    readonly readUpload: (key: string, versionId: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
  };

/** Deliveries after which the queue gives an upload up: the last one ends its job. */
const lastTry = 5;

/** One delivery of an upload's event, the `receives`-th. A file that cannot be checked is stopped with the last. */
export async function checkDelivery(
  context: CheckContext,
  key: JobKey,
  versionId: string,
  receives: number,
): Promise<string> {
  try {
    return await checkUpload(context, key, versionId);
  } catch (error) {
    const job = receives < lastTry ? undefined : await context.jobs.find(key.tenantId, key.jobId);
    if (job?.state !== "checking" || job.versionId !== versionId) throw error;
    await refuse(context, job, [{ row: 0, code: "checkFailed" }], { state: "stopped" });
    return `given up: ${String(error)}`;
  }
}

/**
 * Checks an uploaded file as a whole. With any error nothing is done and all errors are kept; without
 * one its rows are written, and then, in one transaction, its licences are taken and it is accepted.
 * May be repeated at any point: only the first version of the file counts, and only what is still to do is done.
 */
export async function checkUpload(context: CheckContext, key: JobKey, versionId: string): Promise<string> {
  const job = await context.jobs.beginChecking(key, versionId, context.now().toISOString());
  if (job === undefined) return "no job of this file";
  if (job.versionId !== versionId) return "not the version that is checked";
  if (job.state === "accepted" && job.endedAt === undefined) {
    await context.sendAdvance(job, job.turn, 0);
    return "accepted before";
  }
  if (job.state !== "checking") return `nothing to do: ${job.state}`;
  if (job.stop !== undefined) {
    await closeStopped(context, job, stopCode(job.stop));
    return "stopped";
  }
  // The form was handed out up to ten minutes ago, and its holder may have been revoked since.
  if (!(await context.administrators.mayStillAct(job.actor))) {
    await closeStopped(context, job, "actorRevoked");
    return "stopped: its actor is revoked";
  }

  const [tenant, service] = await Promise.all([
    context.tenants.findTenant(job.tenantId),
    context.tenants.findService(job.tenantId, job.serviceId),
  ]);
  const bytes = await context.readUpload(uploadKey(job), versionId);
  if (tenant === undefined || service === undefined || bytes === undefined) {
    await refuse(context, job, [{ row: 0, code: "uploadGone" }]);
    return "gone";
  }
  const read = await readUploaded(context, job, rulesOf(tenant, service), bytes);
  const wanted = read.rows.length * operations[job.operation].licencesPerRow;
  const without = importKinds[job.operation].issuing ? orderFault(service, { ...job, wanted }) : undefined;
  const whole: readonly ImportError[] = without === undefined ? [] : [{ row: 0, ...without }];
  const total = read.errors.length + whole.length;
  if (total > 0) {
    const errors = [...whole, ...read.errors].slice(0, importLimits.errors);
    await refuse(context, job, errors, { total });
    return `refused with ${total} errors`;
  }
  return accept(context, job, service, read.rows, wanted);
}

async function accept(
  context: CheckContext,
  job: ImportJob,
  service: ContractedService,
  rows: readonly ImportRow[],
  /** Licences for all of them. */
  wanted: number,
): Promise<string> {
  const { tenantId, jobId, operation, actor } = job;
  const now = context.now();
  const at = now.toISOString();
  if (!job.dryRun) await context.rows.add(rows);
  const writes = job.dryRun
    ? context.jobs.approve(job, rows.length, at)
    : [
        ...context.administrators.mustStillAct(actor),
        ...context.jobs.accept(job, rows.length, at),
        ...(wanted > 0 ? [context.tenants.takeLicences(service, wanted)] : []),
        context.audit.record({
          tenantId,
          at: now,
          actor,
          action: "import.accept",
          subject: jobId,
          facts: { operation, rows: rows.length },
        }),
      ];
  try {
    // The same file may have been decided by another delivery of its event.
    if (!(await committed(context.commit(writes)))) return "decided elsewhere";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.kind === "actorRevoked") {
      await closeStopped(context, job, error.kind);
      return "stopped: its actor was revoked meanwhile";
    }
    // Others have taken licences since the service was read: the message has the present counts.
    const latest = await context.tenants.findService(tenantId, job.serviceId);
    const without = latest && orderFault(latest, { ...job, wanted });
    await refuse(context, job, [{ row: 0, ...(without ?? { code: error.kind, facts: error.facts }) }]);
    return "refused: too few licences";
  }
  if (!job.dryRun) await context.sendAdvance(job, 0, 0);
  return "accepted";
}

type CloseContext = ToAdministratorsContext &
  Pick<CheckContext, "now" | "commit" | "jobs" | "jobErrors" | "notices" | "audit" | "sendNotices">;

/** Ends a file that is not accepted: its errors are kept, and a mail to the administrators lists the first of them. */
export const refuse = (
  context: CloseContext,
  job: ImportJob,
  errors: readonly ImportError[],
  {
    state = "refused",
    total = errors.length,
  }: { readonly state?: "refused" | "stopped"; readonly total?: number } = {},
): Promise<void> => {
  // There is no mail about a file that was never uploaded.
  const kind = job.state === "uploading" ? undefined : operations[job.operation].notices.errors;
  return close(context, job, {
    state,
    errors,
    total,
    kind,
    action: state === "refused" ? "import.refuse" : "import.stop",
  });
};

/** Ends a file that somebody stopped, or whose actor was revoked, before it was accepted. */
export const closeStopped = (context: CloseContext, job: ImportJob, code: MessageCode): Promise<void> =>
  close(context, job, {
    state: "stopped",
    errors: [{ row: 0, code }],
    total: 1,
    kind: operations[job.operation].notices.stopped,
    action: "import.finish",
  });

async function close(
  context: CloseContext,
  job: ImportJob,
  end: {
    readonly state: "refused" | "stopped";
    readonly errors: readonly ImportError[];
    readonly total: number;
    readonly kind: ImportNoticeKind | undefined;
    readonly action: AuditAction;
  },
): Promise<void> {
  const { state, errors, total, kind, action } = end;
  const now = context.now();
  await context.jobErrors.keep(job, errors);
  const result = { rows: 0, counts: noCounts, errors, total };
  const notices = kind === undefined ? [] : await importNotices(context, job, kind, result, now);
  const closed = await committed(
    context.commit([
      ...context.jobs.close(job, state, total, now.toISOString()),
      ...notices.map((notice) => context.notices.addNotice(notice)),
      context.audit.record({
        tenantId: job.tenantId,
        at: now,
        actor: job.actor,
        action,
        subject: job.jobId,
        facts: { errors: total },
      }),
    ]),
  );
  if (closed && notices.length > 0) await context.sendNotices(notices);
}
