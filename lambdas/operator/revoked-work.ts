import type { Certificate, PlannedRevocation } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import type { ImportJob } from "../imports/job.ts";
import type { ImportPorts } from "../imports/ports.ts";
import { type StopContext, stopImport } from "../imports/stop.ts";
import type { StoppedFile } from "../notices/mails/administrator-revoked.ts";
import { Refusal } from "../refusal.ts";
import type { Administrator } from "../registry/administrator.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Operator } from "./run.ts";

export type RevokedWorkContext = StopContext &
  Pick<Ports, "certificates" | "plans"> & {
    readonly jobs: Pick<ImportPorts["jobs"], "list">;
    readonly rows: Pick<ImportPorts["rows"], "list">;
  };

const pageSize = 50;
const isBy = (actor: Actor, { administratorId }: Administrator): boolean =>
  actor.kind === "administrator" && actor.id === administratorId;

/**
 * Stops every file of a revoked administrator that has not ended. Returns them, and those that an earlier run of the
 * command has stopped, with what becomes of their rows: none is begun any more, so only what is being issued may still fail.
 */
export async function stopFiles(
  context: RevokedWorkContext,
  administrator: Administrator,
  actor: Operator,
): Promise<readonly StoppedFile[]> {
  const { tenantId } = administrator;
  const files: StoppedFile[] = [];
  let cursor: string | undefined;
  do {
    const page = await context.jobs.list(tenantId, { limit: pageSize, cursor });
    for (const job of page.jobs.filter((one) => isBy(one.actor, administrator))) {
      const stopped = await stop(context, job, actor);
      if (stopped?.stop?.because === "actorRevoked") files.push(await reportOf(context, stopped));
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return files;
}

/** The file as it is stopped; undefined if it has ended by itself. */
async function stop(context: StopContext, job: ImportJob, actor: Operator): Promise<ImportJob | undefined> {
  if (job.endedAt !== undefined) return job;
  try {
    return await stopImport(context, { ...job, actor, because: "actorRevoked" }, () => []);
  } catch (error) {
    if (error instanceof Refusal && error.kind === "fileEnded") return undefined;
    throw error;
  }
}

async function reportOf({ rows }: RevokedWorkContext, job: ImportJob): Promise<StoppedFile> {
  const { jobId, fileName, operation, acceptedAt } = job;
  const file = { jobId, fileName, operation };
  if (acceptedAt === undefined) return { ...file, rows: 0, done: 0, stopped: 0 };
  const all = await rows.list(job);
  const inState = (...states: readonly string[]) => all.filter(({ state }) => states.includes(state)).length;
  return { ...file, rows: all.length, done: inState("done", "issuing"), stopped: inState("waiting", "stopped") };
}

type Planned = Certificate & { readonly revokeOn: PlannedRevocation };

/** Revocations that the administrator has planned, earliest first. A plan made seconds ago may be missing. */
export async function plansBy(
  context: Pick<Ports, "certificates" | "plans">,
  administrator: Administrator,
): Promise<readonly Planned[]> {
  const all = await context.plans.listDue("9999");
  const own = all.filter(({ tenantId }) => tenantId === administrator.tenantId);
  const found = await Promise.all(own.map((one) => context.certificates.find(one.tenantId, one.certificateId)));
  return found
    .flatMap((one) => (one?.revokeOn === undefined ? [] : [{ ...one, revokeOn: one.revokeOn }]))
    .filter(({ revokeOn }) => isBy(revokeOn.actor, administrator));
}
