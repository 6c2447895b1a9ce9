import type { ImportOperation } from "../contract/imports.ts";
import { newNotice, type Notice, type NoticeKind } from "../notices/notice.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";
import type { Counts, ImportError, ImportJob } from "./job.ts";

type AnnounceContext = {
  readonly random: Random;
  readonly administrators: Pick<Administrators, "listAdministrators">;
};

/** What a mail about a file tells: enough to act on, the rest stands on the admin site. */
export type ImportReport = {
  readonly jobId: string;
  readonly operation: ImportOperation;
  readonly fileName: string;
  readonly rows: number;
  readonly counts: Counts;
  readonly bulkDownload: boolean;
  /** 0:00 JST of the day that a revocation was accepted for. */
  readonly on?: string;
  /** The first causes; all are `errors`. */
  readonly causes: readonly ImportError[];
  readonly errors: number;
};

const causesInMail = 20;

export const importNoticeKinds = [
  "import-register",
  "import-register-errors",
  "import-revoke",
  "import-revoke-errors",
  "import-package",
] as const;
export type ImportNoticeKind = (typeof importNoticeKinds)[number];

/** One notice to every active administrator of the tenant; it names who uploaded the file. */
export async function importNotices(
  context: AnnounceContext,
  job: ImportJob,
  kind: ImportNoticeKind & NoticeKind,
  result: {
    readonly rows: number;
    readonly counts: Counts;
    readonly errors: readonly ImportError[];
    readonly total: number;
  },
  now: Date,
): Promise<readonly Notice[]> {
  // What was only asked about is told to who asked.
  if (job.dryRun) return [];
  const { jobId, operation, fileName, bulkDownload, on } = job;
  const report: ImportReport = {
    jobId,
    operation,
    fileName,
    bulkDownload,
    ...(on === undefined ? {} : { on }),
    rows: result.rows,
    counts: result.counts,
    causes: result.errors.slice(0, causesInMail),
    errors: result.total,
  };
  const administrators = await context.administrators.listAdministrators(job.tenantId);
  return administrators
    .filter(({ status }) => status === "active")
    .map((administrator) =>
      newNotice(context, administrator, {
        kind,
        certificateIds: [],
        import: report,
        actor: job.actor,
        createdAt: now.toISOString(),
      }),
    );
}

export const noCounts: Counts = { done: 0, failed: 0, skipped: 0 };
