import { refuse } from "./check.ts";
import type { ImportJob, JobKey, RowKey } from "./job.ts";
import type { AdvanceContext } from "./advance.ts";
import { endUndone, type WorkRowContext } from "./work-row.ts";

export type SweepImportsContext = AdvanceContext &
  Pick<WorkRowContext, "tenants" | "jobOf" | "log"> & {
    /** Has the upload of a file looked for, by the function that may read it (`late-upload.ts`). */
    readonly sendLook: (key: JobKey, at: Date) => Promise<void>;
  };

const minute = 60_000;
/** A form is valid for ten minutes: after this it is there, and its event was lost, or it does not come. */
const assumeUploadLostAfter = 12 * minute;
/** Five tries of two minutes, twelve minutes apart: after this no delivery checks the file any more. */
const stopCheckAfter = 90 * minute;
/** A running job advances every two seconds. */
const assumeAdvanceLostAfter = 1 * minute;
/** If no row has ended for this long, messages are assumed lost. */
const assumeRowsLostAfter = 2 * minute;
/**
 * The largest package is made in half of its function's 15 minutes (`lib/imports.ts`). The queue hides the message of a
 * function that died for an hour and a half, so it is sent again here: one made twice is the same package.
 */
const assumePackageLostAfter = 9 * minute;
/** A row that was sent again this often does not end by itself. */
const mostResent = 5;

export type SweptImports = {
  /** Files whose upload is looked for. */
  readonly looks: number;
  readonly advances: number;
  readonly rows: number;
  readonly stopped: number;
  readonly packages: number;
  /** Files that could not be taken up; the next sweep tries again. */
  readonly left: number;
};

/** Takes up every file that makes no progress: never queued, its message not delivered, or never uploaded. */
export async function sweepImports(context: SweepImportsContext, at: Date): Promise<SweptImports> {
  const swept = { looks: 0, advances: 0, rows: 0, stopped: 0, packages: 0, left: 0 };
  const age = (since: string | undefined) => at.getTime() - new Date(since ?? 0).getTime();
  for (const key of await context.jobs.listOpen()) {
    try {
      await takeUp(key);
    } catch (error) {
      // One that fails must not hold up the others.
      context.log("file not swept", { jobId: key.jobId, error });
      swept.left += 1;
    }
  }
  return swept;

  async function takeUp({ tenantId, jobId }: JobKey): Promise<void> {
    const job = await context.jobs.find(tenantId, jobId);
    if (job === undefined) return;
    if (job.stop !== undefined && job.endedAt === undefined) {
      if (age(job.stop.at) <= assumeAdvanceLostAfter) return;
      await context.sendAdvance(job, job.turn, 0);
      swept.advances += 1;
    } else if (job.state === "uploading" && age(job.createdAt) > assumeUploadLostAfter) {
      await context.sendLook(job, at);
      swept.looks += 1;
    } else if (job.state === "checking" && age(job.checkedAt) > stopCheckAfter) {
      await refuse({ ...context, now: () => at }, job, [{ row: 0, code: "checkFailed" }], { state: "stopped" });
      swept.stopped += 1;
    } else if (job.state === "accepted" || job.state === "running") {
      if (age(job.movedAt) > assumeRowsLostAfter) swept.rows += await resend(context, job);
      if (age(job.advancedAt) > assumeAdvanceLostAfter || age(job.movedAt) > assumeRowsLostAfter) {
        await context.sendAdvance(job, job.turn, 0);
        swept.advances += 1;
      }
    } else if (job.package?.state === "making" && age(job.endedAt) > assumePackageLostAfter) {
      await context.sendPackage(job);
      swept.packages += 1;
    }
  }
}

/** Sends again what was sent and is still waiting; ends what has been sent too often. */
async function resend(context: SweepImportsContext, job: ImportJob & JobKey): Promise<number> {
  const waiting = (await context.rows.list(job, ["waiting"])).filter(({ row }) => row <= job.sentThrough);
  const again: RowKey[] = [];
  for (const { tenantId, jobId, row, resent } of waiting) {
    const key = { tenantId, jobId, row };
    if (resent >= mostResent) {
      await endUndone(context, key, { state: "failed", error: { code: "rowFailed" } });
      continue;
    }
    await context.rows.markResent(key);
    again.push(key);
  }
  await context.sendRows(again);
  return waiting.length;
}
