import { type CheckContext, checkDelivery, refuse } from "./check.ts";
import { uploadKey } from "./create.ts";
import type { JobKey } from "./job.ts";

export type LateUploadContext = CheckContext & {
  /** The version that stands under a key; undefined when nothing does. */
  readonly findUpload: (key: string) => Promise<string | undefined>;
};

/** Milliseconds after which a file that is not there was never uploaded. */
const stopUploadAfter = 60 * 60_000;

/**
 * Looks for the upload of a file whose event has not come by the instant `at`: checks it if it is there, and ends the
 * file if it is not after an hour. `receives`: as in `checkDelivery`.
 */
export async function lookForUpload(
  context: LateUploadContext,
  key: JobKey,
  at: Date,
  receives: number,
): Promise<string> {
  const job = await context.jobs.find(key.tenantId, key.jobId);
  // Checked before, a delivery of this same message may have to check it again.
  if (job === undefined || (job.state !== "uploading" && job.state !== "checking")) return "nothing to do";
  const version = job.versionId ?? (await context.findUpload(uploadKey(job)));
  if (version !== undefined) return checkDelivery(context, key, version, receives);
  if (at.getTime() - Date.parse(job.createdAt) <= stopUploadAfter) return "not there";
  await refuse({ ...context, now: () => at }, job, [{ row: 0, code: "uploadMissing" }], { state: "stopped" });
  return "never uploaded";
}
