import * as z from "zod/mini";
import { day, identifier } from "./fields.ts";
import { route } from "./route.ts";
import { title } from "./text.ts";

export const importOperations = ["register", "revoke"] as const;
export type ImportOperation = (typeof importOperations)[number];

/** What a file of one operation comes with, and what it needs. The page, the API and the operator command ask here. */
export type ImportKind = {
  /** Its rows belong to one organization; without, they may be of the whole service. */
  readonly organization: boolean;
  /** The administrator may take all of its certificates in one download. */
  readonly bulkDownload: boolean;
  /** It may be done on a later day. */
  readonly on: boolean;
  /** The service must allow adding subscribers. */
  readonly issuing: boolean;
};

export const importKinds: Readonly<Record<ImportOperation, ImportKind>> = {
  register: { organization: true, bulkDownload: true, on: false, issuing: true },
  revoke: { organization: false, bulkDownload: false, on: true, issuing: false },
};

const importStates = ["uploading", "checking", "accepted", "running", "done", "stopped", "refused"] as const;
export type ImportState = (typeof importStates)[number];

/** Limits of one file. */
export const importLimits = { bytes: 10 * 1024 * 1024, rows: 10_000, errors: 1000 } as const;

/** A file's name as its owner knows it: shown to its own company alone. */
export const fileName = title(200);

/** How a row ended that did not do what it asked for: it could not be done, nothing was left to do, or it was not begun. */
const rowOutcomes = ["failed", "skipped", "stopped"] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/**
 * One wrong place, or one row that is reported. Row 0 is the file itself, with a column all of its
 * rows; column 0 is the whole row.
 */
const importError = z.object({
  row: z.int(),
  column: z.int(),
  columnName: z.optional(z.string()),
  /** The cell: its first 40 characters, those that cannot be seen by their code points. */
  value: z.optional(z.string()),
  code: z.string(),
  /** What is wrong with the value, and what to do about it. */
  message: z.string(),
  /** Of a file that was worked on; a refused file's mistakes have none. */
  outcome: z.optional(z.enum(rowOutcomes)),
});

export type ImportErrorRow = z.output<typeof importError>;

const counted = {
  rows: z.int(),
  done: z.int(),
  failed: z.int(),
  /** Rows that had nothing left to do. */
  skipped: z.int(),
  /** Rows that were not begun, because the file was stopped. */
  stopped: z.int(),
  /** All that is wrong with a file that was not accepted; of many, only the first are kept (`importLimits.errors`). */
  mistakes: z.int(),
};

const importJob = z.object({
  jobId: identifier,
  operation: z.enum(importOperations),
  serviceId: identifier,
  /** Names as they were when the file was announced. */
  serviceName: z.string(),
  organizationId: z.optional(identifier),
  organizationName: z.optional(z.string()),
  fileName: z.string(),
  bulkDownload: z.boolean(),
  /** It was only checked: nothing was done, whatever its state. */
  dryRun: z.boolean(),
  /** `yyyy/mm/dd` of a dated revocation. */
  on: z.optional(z.string()),
  state: z.enum(importStates),
  ...counted,
  /** Who uploaded it. */
  actor: z.string(),
  createdAt: z.string(),
  acceptedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  /** Where its rows are likely to end, ISO 8601; a guess from its latest pace. */
  estimatedEnd: z.optional(z.string()),
  /** Who stopped it, and when; until its end, what is under way is being finished. */
  stop: z.optional(z.object({ actor: z.string(), at: z.string() })),
  package: z.optional(z.enum(["making", "ready"])),
});
export type ImportJobRow = z.output<typeof importJob>;

/** A browser's form for S3: the fields first, the file last. */
const upload = z.object({ url: z.string(), fields: z.record(z.string(), z.string()) });

/** Where a page of files ended: when the last one was announced, and its id. */
const jobCursor = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#t[0-9a-z]{10}-j[0-9a-z]{12}$/, { error: "cursor" }));

/** Files of many subscribers. */
export const importRoutes = {
  createImport: route({
    method: "POST",
    path: "/api/services/{serviceId}/imports",
    audience: "administrator",
    summary: "Announce a CSV file and get the form that uploads it (10 minutes, 10 MB)",
    params: z.object({ serviceId: identifier }),
    body: z.object({
      operation: z.enum(importOperations),
      /** Where a registration puts its subscribers. */
      organizationId: z.optional(identifier),
      fileName,
      bulkDownload: z._default(z.boolean(), false),
      /** A revocation's day, tomorrow to thirty days from now; left out: immediately. */
      on: z.optional(day),
    }),
    reply: z.object({ jobId: identifier, upload }),
    status: 201,
  }),
  listImports: route({
    method: "GET",
    path: "/api/imports",
    audience: "administrator",
    summary: "The company's files, newest first",
    query: z.object({
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(50)), 20),
      cursor: z.optional(jobCursor),
    }),
    reply: z.object({ jobs: z.array(importJob), next: z.optional(z.string()) }),
  }),
  getImport: route({
    method: "GET",
    path: "/api/imports/{jobId}",
    audience: "administrator",
    summary: "One file: its progress, its first 1,000 errors, what became of its rows",
    params: z.object({ jobId: identifier }),
    reply: z.object({ job: importJob, errors: z.array(importError) }),
  }),
  getImportQueue: route({
    method: "GET",
    path: "/api/import-queue",
    audience: "administrator",
    summary: "What waits over all companies, in numbers, and the company's own files in it",
    reply: z.object({
      /** Of everybody, this company's included. */
      files: z.int(),
      rows: z.int(),
      own: z.array(z.object({ job: importJob, filesAhead: z.int(), rowsAhead: z.int() })),
    }),
  }),
  stopImport: route({
    method: "POST",
    path: "/api/imports/{jobId}/stop",
    audience: "administrator",
    summary: "Stop a file: rows that are done stay done, rows that are not begun are not done",
    params: z.object({ jobId: identifier }),
    reply: z.object({ job: importJob }),
  }),
  downloadPackage: route({
    method: "POST",
    path: "/api/imports/{jobId}/package",
    audience: "administrator",
    summary: "A 60-second link to the ZIP with the certificates and passwords of a file",
    params: z.object({ jobId: identifier }),
    reply: z.object({ url: z.string(), fileName: z.string(), seconds: z.int() }),
  }),
} as const;

export type ImportRoutes = typeof importRoutes;
