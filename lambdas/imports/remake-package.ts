import type { Certificate } from "../certificates/certificate.ts";
import { committed } from "../transaction/write.ts";
import type { ImportPorts } from "./ports.ts";

/** Has the package made again that holds a certificate whose key has ended; the new one takes the place of the old one. */
export async function remakePackage(
  context: Pick<ImportPorts, "commit" | "jobs" | "sendPackage">,
  { tenantId, importRow }: Pick<Certificate, "tenantId" | "importRow">,
): Promise<void> {
  if (importRow?.bulkDownload !== true) return;
  const job = await context.jobs.find(tenantId, importRow.jobId);
  if (job?.package?.state !== "ready") return;
  // Another certificate of the file may have asked for it meanwhile.
  if (await committed(context.commit(context.jobs.remakePackage(job)))) await context.sendPackage(job);
}
