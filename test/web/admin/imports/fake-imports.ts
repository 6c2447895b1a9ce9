import type { AdminRoutes } from "../../../../lambdas/contract/admin.ts";
import type { ImportJobRow } from "../../../../lambdas/contract/imports.ts";
import type { Body, Params, Query, Reply } from "../../../../lambdas/contract/route.ts";

type Errors = Reply<AdminRoutes["getImport"]>["errors"];
type Job = ImportJobRow & { uploadedAt?: number; bytes?: Uint8Array; errors: Errors };

/** Files in memory: they are checked and worked on by the clock, as a test wishes. */
export function fakeImports(given: {
  readonly now: () => number;
  readonly id: (letter: string) => string;
  readonly missing: () => Error;
}) {
  const { now } = given;
  const jobs: Job[] = [];
  const wishes: {
    /** Milliseconds. */
    checkTakes: number;
    rowTakes: number;
    packageTakes: number;
    /** What is wrong with every file that comes. */
    errors: Errors;
    /** Mistakes beyond those. */
    further: number;
    /** What is answered about rows at the end, by their outcome. */
    told: Errors;
    /** Of other companies. */
    ahead: { files: number; rows: number };
    /** Answered in place of taking an upload. */
    uploadStatus: number;
  } = {
    checkTakes: 300,
    rowTakes: 50,
    packageTakes: 300,
    errors: [],
    further: 0,
    told: [],
    ahead: { files: 0, rows: 0 },
    uploadStatus: 204,
  };
  const uploads: string[] = [];
  const instant = (at: number) => new Date(at).toISOString();

  function settle(): void {
    for (const job of jobs) {
      if (job.uploadedAt === undefined) continue;
      const since = now() - job.uploadedAt;
      if (job.state === "uploading") job.state = "checking";
      if (job.state === "checking" && since >= wishes.checkTakes) {
        const lines = new TextDecoder("shift_jis")
          .decode(job.bytes)
          .split("\n")
          .filter((line) => line.trim() !== "");
        const end = { endedAt: instant(now()), errors: wishes.errors };
        const mistakes = wishes.errors.length + wishes.further;
        if (wishes.errors.length > 0) Object.assign(job, { state: "refused", mistakes, ...end });
        else Object.assign(job, { state: "running", rows: lines.length, acceptedAt: instant(now()) });
      }
      if (job.state === "running" && job.stop !== undefined) {
        // What is under way ends with the next look.
        const stopped = job.rows - job.done - job.failed - job.skipped;
        Object.assign(job, { state: "stopped", stopped, endedAt: instant(now()), estimatedEnd: undefined });
        job.errors = [
          { row: job.rows, column: 0, code: "fileStopped", message: "中止されました。", outcome: "stopped" },
        ];
      } else if (job.state === "running") {
        const ended = Math.min(job.rows, Math.floor((since - wishes.checkTakes) / wishes.rowTakes));
        const told = wishes.told.slice(0, ended);
        job.failed = told.filter(({ outcome }) => outcome === "failed").length;
        job.skipped = told.length - job.failed;
        job.done = ended - told.length;
        job.estimatedEnd = instant(now() + (job.rows - ended) * wishes.rowTakes);
        if (ended === job.rows)
          Object.assign(job, {
            state: "done",
            endedAt: instant(now()),
            errors: wishes.told,
            estimatedEnd: undefined,
          });
      }
      if (job.state === "done" && job.bulkDownload && job.endedAt !== undefined)
        job.package = now() - Date.parse(job.endedAt) >= wishes.packageTakes ? "ready" : "making";
    }
  }

  const shown = ({ uploadedAt: _, bytes: __, errors: ___, ...job }: Job): ImportJobRow => job;
  const find = (jobId: string) => {
    const job = jobs.find((one) => one.jobId === jobId);
    if (!job) throw given.missing();
    settle();
    return job;
  };

  const handlers = {
    createImport: ({
      params,
      body,
    }: {
      params: Params<AdminRoutes["createImport"]>;
      body: Body<AdminRoutes["createImport"]>;
    }) => {
      const jobId = given.id("j");
      jobs.unshift({
        jobId,
        ...params,
        operation: body.operation,
        ...(body.operation === "register" ? { organizationId: body.organizationId } : {}),
        fileName: body.fileName,
        bulkDownload: body.bulkDownload,
        dryRun: false,
        serviceName: "NRAサービス",
        ...(body.on === undefined ? {} : { on: body.on }),
        state: "uploading",
        rows: 0,
        done: 0,
        failed: 0,
        skipped: 0,
        stopped: 0,
        mistakes: 0,
        actor: "管理 花子",
        createdAt: instant(now()),
        errors: [],
      });
      return { jobId, upload: { url: `/uploads/${jobId}`, fields: { key: jobId, policy: "signed" } } };
    },
    listImports: ({ query }: { query: Query<AdminRoutes["listImports"]> }) => {
      settle();
      const cursorOf = ({ createdAt, jobId }: Job) => `${createdAt}#${jobId}`;
      const start = jobs.findIndex((job) => cursorOf(job) === query.cursor) + 1;
      const page = jobs.slice(start, start + query.limit);
      const last = page.at(-1);
      return {
        jobs: page.map(shown),
        ...(last && start + query.limit < jobs.length ? { next: cursorOf(last) } : {}),
      };
    },
    getImport: ({ params }: { params: Params<AdminRoutes["getImport"]> }) => {
      const job = find(params.jobId);
      return { job: shown(job), errors: job.errors };
    },
    getImportQueue: () => {
      settle();
      const running = jobs.filter(({ state }) => state === "running");
      const left = running.reduce((sum, { rows, done, failed, skipped }) => sum + rows - done - failed - skipped, 0);
      return {
        files: running.length + wishes.ahead.files,
        rows: left + wishes.ahead.rows,
        own: running.map((job) => ({
          job: shown(job),
          filesAhead: wishes.ahead.files,
          rowsAhead: wishes.ahead.rows,
        })),
      };
    },
    stopImport: ({ params }: { params: Params<AdminRoutes["stopImport"]> }) => {
      const job = find(params.jobId);
      job.stop ??= { actor: "管理 花子", at: instant(now()) };
      return { job: shown(job) };
    },
    downloadPackage: ({ params }: { params: Params<AdminRoutes["downloadPackage"]> }) => ({
      url: `/packages/${find(params.jobId).jobId}.zip`,
      fileName: `${params.jobId}.zip`,
      seconds: 60,
    }),
  };

  /** S3's side of an upload: the signed fields, then the file. Answers the status. */
  function upload(form: FormData, bytes: Uint8Array): number {
    if (wishes.uploadStatus !== 204) return wishes.uploadStatus;
    const job = jobs.find(({ jobId }) => jobId === form.get("key"));
    if (!job || form.get("policy") !== "signed" || [...form.keys()].at(-1) !== "file") return 403;
    uploads.push(job.jobId);
    // Only the first version counts.
    if (job.uploadedAt === undefined) Object.assign(job, { uploadedAt: now(), bytes });
    return 204;
  }

  /** A file that was uploaded before the visit. */
  const add = (job: Partial<Job>): Job => {
    const made: Job = {
      jobId: given.id("j"),
      operation: "register",
      serviceId: "",
      fileName: "利用者.csv",
      bulkDownload: false,
      dryRun: false,
      serviceName: "NRAサービス",
      state: "done",
      rows: 3,
      done: 3,
      failed: 0,
      skipped: 0,
      stopped: 0,
      mistakes: 0,
      actor: "管理 花子",
      createdAt: instant(now()),
      acceptedAt: instant(now()),
      errors: [],
      ...job,
    };
    jobs.unshift(made);
    return made;
  };

  return { handlers, wishes, jobs: jobs as readonly Job[], uploads: uploads as readonly string[], upload, add };
}
