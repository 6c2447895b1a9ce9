import type { ImportJob } from "../../lambdas/imports/job.ts";
import { actor } from "../world.ts";

/** A file of registrations whose rows are being worked on. */
export const runningJob = (given: Pick<ImportJob, "tenantId" | "serviceId" | "rows" | "createdAt">): ImportJob => ({
  jobId: `${given.tenantId}-j000000000000`,
  operation: "register",
  serviceName: "NRAサービス",
  fileName: "f.csv",
  bulkDownload: false,
  dryRun: false,
  actor,
  state: "running",
  sentThrough: given.rows,
  turn: 1,
  ended: 0,
  pace: 0,
  errors: 0,
  ...given,
});
