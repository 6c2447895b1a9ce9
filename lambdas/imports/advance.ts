import type { RowOutcome } from "../contract/imports.ts";
import type { ToAdministratorsContext } from "../notices/to-administrators.ts";
import { committed } from "../transaction/write.ts";
import { closeStopped } from "./check.ts";
import { importNotices } from "./import-notices.ts";
import type { ImportError } from "./files/import-error.ts";
import { type Counts, ended, type ImportJob, type JobKey, type RowKey } from "./job.ts";
import { operations } from "./operations/operation.ts";
import type { ImportPorts } from "./ports.ts";
import { stopCode, takeBackRows } from "./stop.ts";

export type AdvanceContext = ToAdministratorsContext &
  Pick<
    ImportPorts,
    | "now"
    | "commit"
    | "jobs"
    | "progress"
    | "rows"
    | "jobErrors"
    | "notices"
    | "audit"
    | "sendRows"
    | "sendAdvance"
    | "sendPackage"
    | "sendNotices"
  > & { readonly tenants: Pick<ImportPorts["tenants"], "releaseLicences"> };

/**
 * Rows of all jobs together that are sent and have not ended. More would not be done sooner, but would
 * be "issuing" for so long that the sweep assumes their messages lost.
 */
const rowsUnderWay = 2000;
const leastUnderWay = 50;
/** How much the newest pace counts against the older ones. */
const weight = 0.3;

/**
 * Advances an accepted job: sends the next rows while few enough are under way, ends the job when all
 * have ended, and asks for the next advance. Each turn is taken once, so that doubled messages do not
 * double the advances; only a message that is delivered again may take its own turn again, because it
 * was not finished. Rows that are then sent twice are done once, by their own conditions.
 */
export async function advanceJob(context: AdvanceContext, key: JobKey, turn: number, receives = 1): Promise<string> {
  const job = await context.jobs.find(key.tenantId, key.jobId);
  if (job === undefined || job.endedAt !== undefined) return "no longer running";
  if (job.state !== "accepted" && job.state !== "running") {
    // Not accepted yet: it never will be.
    if (job.stop === undefined) return "not running yet";
    await closeStopped(context, job, stopCode(job.stop));
    return "stopped before it was accepted";
  }
  const again = receives > 1 && turn === job.turn - 1;
  if (turn < job.turn && !again) return "an old turn";
  if (job.stop !== undefined) await takeBackRows(context, job, job.stop);
  const counts = await context.rows.count(job);
  if (!(await releaseLicences(context, job, counts))) return "another advance is at work";
  const over = ended(counts);
  if (over >= job.rows) {
    await finish(context, job, counts);
    return "done";
  }
  const now = context.now();
  const at = now.toISOString();
  if (!again && !(await context.progress.claimTurn(job, turn, at))) return "a turn that another advance has taken";
  const jobs = Math.max(1, (await context.progress.listQueue()).length);
  const most = Math.max(leastUnderWay, Math.floor(rowsUnderWay / jobs));
  const next = Math.min(job.rows, Math.max(job.sentThrough, over + most));
  const through = job.stop === undefined ? next : job.sentThrough;
  await context.sendRows(rowsBetween(job, job.sentThrough, through));
  await context.sendAdvance(job, turn + 1, job.rows <= 100 ? 1 : 2);
  await context.progress.save(job, {
    at,
    sentThrough: through,
    ended: over,
    pace: paceOf(job, over, now),
    moved: over > job.ended || through > job.sentThrough,
  });
  return `${over} of ${job.rows} rows ended, ${through} sent`;
}

/** Gives back, once, the licences released by the rows that have ended since the last turn; false if another turn did meanwhile. */
async function releaseLicences(
  { commit, progress, tenants }: AdvanceContext,
  job: ImportJob,
  counts: Counts,
): Promise<boolean> {
  const released = operations[job.operation].licencesReleased(job, counts);
  const more = released - (job.freed ?? 0);
  if (more <= 0) return true;
  return committed(
    commit([progress.saveReleasedLicences(job, released), tenants.releaseLicences(job.tenantId, job.serviceId, more)]),
  );
}

const rowsBetween = ({ tenantId, jobId }: JobKey, after: number, through: number): RowKey[] =>
  Array.from({ length: through - after }, (_, at) => ({ tenantId, jobId, row: after + at + 1 }));

function paceOf(job: ImportJob, over: number, now: Date): number {
  const seconds = (now.getTime() - new Date(job.advancedAt ?? job.createdAt).getTime()) / 1000;
  if (seconds <= 0) return job.pace;
  const newest = Math.max(0, over - job.ended) / seconds;
  const pace = job.pace === 0 ? newest : job.pace * (1 - weight) + newest * weight;
  return Math.round(pace * 1000) / 1000;
}

/** Ends the job: the outcome of its rows and the notices to the administrators are written in the same transaction. */
async function finish(context: AdvanceContext, job: ImportJob, counts: Counts): Promise<void> {
  const now = context.now();
  const undone = counts.failed + counts.skipped + counts.stopped;
  const notDone = undone === 0 ? [] : await context.rows.list(job, ["failed", "skipped", "stopped"]);
  const endedAs = (outcome: RowOutcome) =>
    notDone
      .filter(({ state }) => state === outcome)
      .map(({ line, error = { code: "rowFailed" } }): ImportError => ({ row: line, ...error, outcome }));
  const failed = endedAs("failed");
  // Where not all can be kept, those that somebody must act on.
  await context.jobErrors.keep(job, [...failed, ...endedAs("stopped"), ...endedAs("skipped")]);
  const kinds = operations[job.operation].notices;
  const kind = counts.stopped > 0 ? kinds.stopped : failed.length > 0 ? kinds.errors : kinds.done;
  const result = { rows: job.rows, counts, errors: failed, total: counts.failed };
  const notices = await importNotices(context, job, kind, result, now);
  const finished = await committed(
    context.commit([
      ...context.jobs.finish(job, counts, counts.failed, now.toISOString()),
      ...notices.map((notice) => context.notices.addNotice(notice)),
      context.audit.record({
        tenantId: job.tenantId,
        at: now,
        actor: job.actor,
        action: "import.finish",
        subject: job.jobId,
        facts: { ...counts },
      }),
    ]),
  );
  if (!finished) return;
  if (notices.length > 0) await context.sendNotices(notices);
  if (job.bulkDownload && counts.done > 0) await context.sendPackage(job);
}
