import type { ImportErrorRow, ImportJobRow } from "../contract/imports.ts";
import type { Language } from "../contract/language.ts";
import { actedBy } from "../notices/acted-by.ts";
import { columnName, errorText, type ImportError } from "./files/import-error.ts";
import { noCounts } from "./import-notices.ts";
import { type Counts, ended, type ImportJob, type QueuedJob } from "./job.ts";
import type { ImportPorts } from "./ports.ts";

export type ShowContext = Pick<ImportPorts, "now" | "jobs" | "rows" | "jobErrors" | "progress">;

const japaneseDay = (instant: string): string =>
  new Date(new Date(instant).getTime() + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", "/");

/** A job as its own company sees it, in the reader's language. */
export function jobView(job: ImportJob, counts: Counts, language: Language, estimatedEnd?: Date): ImportJobRow {
  const { jobId, operation, serviceId, organizationId, fileName, bulkDownload, dryRun, state, rows, createdAt } = job;
  return {
    jobId,
    operation,
    serviceId,
    serviceName: job.serviceName,
    organizationId,
    organizationName: job.organizationName,
    fileName,
    bulkDownload,
    dryRun,
    state,
    rows,
    createdAt,
    done: counts.done,
    failed: counts.failed,
    skipped: counts.skipped,
    stopped: counts.stopped,
    mistakes: mistakesOf(job),
    ...(job.on === undefined ? {} : { on: japaneseDay(job.on) }),
    actor: actedBy(job.actor, language),
    acceptedAt: job.acceptedAt,
    endedAt: job.endedAt,
    ...(job.stop === undefined ? {} : { stop: { at: job.stop.at, actor: actedBy(job.stop.actor, language) } }),
    ...(estimatedEnd === undefined ? {} : { estimatedEnd: estimatedEnd.toISOString() }),
    ...(job.package === undefined ? {} : { package: job.package.state }),
  };
}

/** All that is wrong with a file that was not accepted, also what is not kept. */
export const mistakesOf = ({ acceptedAt, errors }: Pick<ImportJob, "acceptedAt" | "errors">): number =>
  acceptedAt === undefined ? errors : 0;

/** What became of its rows until now: exact while it runs, kept when it has ended. */
export async function countsOf(context: Pick<ShowContext, "rows">, job: ImportJob): Promise<Counts> {
  if (job.counts !== undefined) return job.counts;
  if (job.acceptedAt === undefined || job.endedAt !== undefined) return noCounts;
  return context.rows.count(job);
}

export function errorView(error: ImportError, language: Language): ImportErrorRow {
  const { row, column = 0, code, value, outcome } = error;
  const name = columnName(error, language);
  return {
    row,
    column,
    code,
    message: errorText(error, language),
    ...(name === undefined ? {} : { columnName: name }),
    ...(value === undefined ? {} : { value }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** Rows a second that a quiet system does; a guess until there is a pace. */
const usualPace = 5;

export type QueuePosition = { readonly filesAhead: number; readonly rowsAhead: number; readonly estimatedEnd: Date };

/**
 * The position of a job among all. The queues serve tenants in turn, so nobody waits for everything
 * ahead; the end is estimated as if they did, which is the latest at this pace.
 */
export function queuePositionOf(queue: readonly QueuedJob[], job: ImportJob, counts: Counts, now: Date): QueuePosition {
  const place = queue.findIndex(({ jobId }) => jobId === job.jobId);
  const before = place < 0 ? [] : queue.slice(0, place);
  const rowsAhead = before.reduce((sum, { rows, ended: over }) => sum + Math.max(0, rows - over), 0);
  const pace = queue.reduce((sum, one) => sum + one.pace, 0) || usualPace;
  const left = rowsAhead + Math.max(0, job.rows - ended(counts));
  return { filesAhead: before.length, rowsAhead, estimatedEnd: new Date(now.getTime() + (left / pace) * 1000) };
}

/** The queue over all tenants in numbers, and the tenant's own files in it. */
export async function queueView(context: ShowContext, tenantId: string, language: Language) {
  const queue = await context.progress.listQueue();
  const own = await Promise.all(
    queue
      .filter((one) => one.tenantId === tenantId)
      .map(async ({ jobId }) => {
        const job = await context.jobs.find(tenantId, jobId);
        if (job === undefined) return [];
        const counts = await countsOf(context, job);
        const { filesAhead, rowsAhead, estimatedEnd } = queuePositionOf(queue, job, counts, context.now());
        return [{ job: jobView(job, counts, language, estimatedEnd), filesAhead, rowsAhead }];
      }),
  );
  return {
    files: queue.length,
    rows: queue.reduce((sum, { rows, ended: over }) => sum + Math.max(0, rows - over), 0),
    own: own.flat(),
  };
}
