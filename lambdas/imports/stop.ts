import type { MessageCode } from "../contract/messages.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../transaction/audit.ts";
import { committed, type Write } from "../transaction/write.ts";
import { type ImportJob, type ImportRow, type JobKey, RowMoved, type Stop } from "./job.ts";
import { operations } from "./operations/operation.ts";
import type { ImportPorts } from "./ports.ts";

export type StopContext = Pick<ImportPorts, "now" | "commit" | "audit" | "sendAdvance"> & {
  readonly jobs: Pick<ImportPorts["jobs"], "find" | "stop">;
};

export type StopRequest = JobKey & { readonly actor: Actor; readonly because?: Stop["because"] };

/** Another call may stop it meanwhile, or its acceptance move it on. */
const attempts = 3;

/**
 * Stops a file: from now on no row of it is begun. What has been done stays done, what is being issued is finished. The
 * mark is all that is written here; the file's next advance takes back the rows that are not begun, and ends it.
 * A file that is stopped already is answered alike; refused once it has ended otherwise.
 */
export async function stopImport(
  context: StopContext,
  { tenantId, jobId, actor, because = "asked" }: StopRequest,
  remember: (job: ImportJob) => readonly Write[],
): Promise<ImportJob> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const job = await context.jobs.find(tenantId, jobId);
    if (job === undefined) throw new Refusal("notFound");
    if (job.stop !== undefined || job.state === "stopped") {
      await commitIfAny(context, remember(job));
      return job;
    }
    if (job.endedAt !== undefined) throw new Refusal("fileEnded");
    const now = context.now();
    const stopped = { ...job, stop: { at: now.toISOString(), actor, because } };
    const done = await committed(
      context.commit([
        ...remember(stopped),
        context.jobs.stop(stopped),
        context.audit.record({ tenantId, at: now, actor, action: "import.stop", subject: jobId }),
      ]),
    );
    if (!done) continue;
    await context.sendAdvance(job, job.turn, 0);
    return stopped;
  }
  throw new Refusal("changedMeanwhile");
}

async function commitIfAny(context: Pick<StopContext, "commit">, writes: readonly Write[]): Promise<void> {
  if (writes.length > 0) await context.commit(writes);
}

/** What is said of the rows of a stopped file, and of the file itself. */
export const stopCode = ({ because }: Pick<Stop, "because">): MessageCode =>
  because === "actorRevoked" ? "actorRevoked" : "fileStopped";

export type TakeBackContext = Pick<ImportPorts, "commit"> & {
  readonly rows: Pick<ImportPorts["rows"], "list" | "end">;
  readonly tenants: Pick<ImportPorts["tenants"], "releaseLicences">;
};

/** Rows that end in one transaction: neighbours, of which no two are counted in the same item (`Rows.end`). */
const together = 32;

/** Ends the rows of a stopped file that are not begun, and gives back their licences: each once, by its own condition. */
export async function takeBackRows(context: TakeBackContext, job: ImportJob, stop: Stop): Promise<void> {
  const waiting = await context.rows.list(job, ["waiting"]);
  const neighbours = Map.groupBy(waiting, ({ row }) => Math.floor(row / together));
  // One after the other: all change the service's one count of licences.
  for (const rows of neighbours.values()) {
    if (await takeBack(context, job, stop, rows)) continue;
    for (const row of rows) await takeBack(context, job, stop, [row]);
  }
}

/** False if one of them has moved on meanwhile. */
async function takeBack(
  context: TakeBackContext,
  { tenantId, serviceId, operation }: ImportJob,
  stop: Stop,
  rows: readonly ImportRow[],
): Promise<boolean> {
  const licences = operations[operation].licencesPerRow * rows.length;
  try {
    await context.commit([
      ...rows.flatMap((row) => context.rows.end(row, "waiting", { state: "stopped", error: { code: stopCode(stop) } })),
      ...(licences > 0 ? [context.tenants.releaseLicences(tenantId, serviceId, licences)] : []),
    ]);
    return true;
  } catch (error) {
    if (error instanceof RowMoved) return false;
    throw error;
  }
}
