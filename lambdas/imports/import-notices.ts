import { actedBy } from "../notices/acted-by.ts";
import type { AdministratorsKind, ToldOf } from "../notices/mails.ts";
import type { FileReport } from "../notices/mails/phrases/file.ts";
import type { Notice } from "../notices/notice.ts";
import { noticesToAdministrators, type ToAdministratorsContext } from "../notices/to-administrators.ts";
import { errorLine, type ImportError } from "./files/import-error.ts";
import type { Counts, ImportJob } from "./job.ts";

/** Of many causes, a mail lists the first. */
const causesInMail = 20;

/** The mails about a file. */
export type ImportNoticeKind = {
  [K in AdministratorsKind]: ToldOf<K> extends FileReport ? K : never;
}[AdministratorsKind];

/** A notice to every active administrator of what became of a file; none of a dry run, whose caller is answered directly. */
export async function importNotices(
  context: ToAdministratorsContext,
  job: ImportJob,
  kind: ImportNoticeKind,
  result: {
    readonly rows: number;
    readonly counts: Counts;
    readonly errors: readonly ImportError[];
    readonly total: number;
  },
  now: Date,
): Promise<readonly Notice[]> {
  if (job.dryRun || (job.stop?.because === "actorRevoked" && stoppedKinds.has(kind))) return [];
  const { tenantId, jobId, fileName, bulkDownload, on, serviceId, organizationId, actor, stop } = job;
  return noticesToAdministrators(context, {
    tenantId,
    kind,
    actor,
    at: now,
    place: { serviceId, ...(organizationId === undefined ? {} : { organizationId }) },
    told: (language) => ({
      jobId,
      fileName,
      bulkDownload,
      ...(on === undefined ? {} : { on }),
      ...(stop === undefined ? {} : { stoppedBy: actedBy(stop.actor, language) }),
      rows: result.rows,
      ...result.counts,
      causes: result.errors.slice(0, causesInMail).map((error) => errorLine(error, language)),
      errors: result.total,
    }),
  });
}

/** Of a file that was stopped with its actor's revocation, the mail about that tells. */
const stoppedKinds: ReadonlySet<ImportNoticeKind> = new Set(["import-register-stopped", "import-revoke-stopped"]);

export const noCounts: Counts = { done: 0, failed: 0, skipped: 0, stopped: 0 };
