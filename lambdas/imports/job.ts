import type { Actor } from "../transaction/audit.ts";
import type { OperationCells } from "../contract/import-layouts.ts";
import type { ImportOperation, ImportState } from "../contract/imports.ts";
import type { Write } from "../transaction/write.ts";
import type { ImportError } from "./files/import-error.ts";

/**
 * How many rows have ended in which way. `skipped`: there was nothing left to do, as with what is revoked already;
 * `stopped`: not begun, because the file was stopped.
 */
export type Counts = {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly stopped: number;
};

/** That a file is to go no further. `because` "actorRevoked": its own actor was, and the mail about that tells of the file. */
export type Stop = { readonly at: string; readonly actor: Actor; readonly because: "asked" | "actorRevoked" };

/** One uploaded file and what becomes of it. Instants are ISO 8601. */
export type ImportJob = {
  readonly tenantId: string;
  readonly jobId: string;
  readonly operation: ImportOperation;
  readonly serviceId: string;
  /** Names as they were when the file was announced. */
  readonly serviceName: string;
  readonly organizationName?: string;
  /** Where a registration puts its subscribers; the other operations match the whole service. */
  readonly organizationId?: string;
  readonly fileName: string;
  readonly bulkDownload: boolean;
  /** Only checks: reports what is wrong, and registers or revokes nothing. */
  readonly dryRun: boolean;
  /** 0:00 JST of the day of a dated revocation. */
  readonly on?: string;
  readonly actor: Actor;
  readonly createdAt: string;
  readonly state: ImportState;
  /** The uploaded version that was read first: no later one counts. */
  readonly versionId?: string;
  readonly checkedAt?: string;
  readonly acceptedAt?: string;
  readonly endedAt?: string;
  readonly rows: number;
  /** Rows whose messages were sent. */
  readonly sentThrough: number;
  /** Rises with each advance of a running job, so that a doubled message does not double what follows it. */
  readonly turn: number;
  /** When the job last advanced, and when rows last ended. */
  readonly advancedAt?: string;
  readonly movedAt?: string;
  /** Rows that had ended at the last advance. */
  readonly ended: number;
  /** Rows per second, smoothed. */
  readonly pace: number;
  /** Revoked rows whose licences have been given back. */
  readonly freed?: number;
  /** Mistakes of a file that was not accepted, else rows that failed; all of them, also those that are not kept. */
  readonly errors: number;
  /** From then on nothing of it is begun; it ends once all that is under way has. */
  readonly stop?: Stop;
  /** Set when the job ends. */
  readonly counts?: Counts;
  readonly package?: {
    readonly state: "making" | "ready";
    readonly size?: number;
    readonly certificates?: number;
    /** It is made again without a key that has ended: nobody is told a second time. */
    readonly again?: true;
  };
};

/** What one row asks for. */
export type RowRequest<O extends ImportOperation = ImportOperation> = {
  readonly [K in O]: { readonly operation: K; readonly cells: OperationCells[K] };
}[O];

export type RowState = "waiting" | "issuing" | "done" | "failed" | "skipped" | "stopped";

/** The truth about one row. It is written once, at acceptance, and moves on only by conditions. */
export type ImportRow<O extends ImportOperation = ImportOperation> = {
  readonly tenantId: string;
  readonly jobId: string;
  /** From 1, in the file's order. */
  readonly row: number;
  /** Its line in the file, for people. */
  readonly line: number;
  readonly state: RowState;
  readonly order: RowRequest<O>;
  /** A registration's certificate, from "issuing" on. */
  readonly certificateId?: string;
  readonly error?: Omit<ImportError, "row">;
  /** How often it was sent again because nothing happened. */
  readonly resent: number;
};

export type RowKey = { readonly tenantId: string; readonly jobId: string; readonly row: number };

export type RowEnd =
  | { readonly state: "done" }
  | { readonly state: "skipped"; readonly error: Omit<ImportError, "row"> }
  | { readonly state: "failed"; readonly error: Omit<ImportError, "row"> }
  | { readonly state: "stopped"; readonly error: Omit<ImportError, "row"> };

/** A running job as the queue over all tenants shows it. */
export type QueuedJob = {
  readonly tenantId: string;
  readonly jobId: string;
  readonly acceptedAt: string;
  readonly rows: number;
  readonly ended: number;
  readonly pace: number;
};

export type JobKey = { readonly tenantId: string; readonly jobId: string };

export type Jobs = {
  /** The job as "uploading", in the tenant's list and among the open ones. */
  add(job: ImportJob): readonly Write[];
  find(tenantId: string, jobId: string): Promise<ImportJob | undefined>;
  /** Newest first. */
  list(
    tenantId: string,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ readonly jobs: readonly ImportJob[]; readonly next: string | undefined }>;
  /** Everything that has not come to its end. */
  listOpen(): Promise<readonly JobKey[]>;
  /** Takes the first version that was uploaded; returns the job as it is then, whichever version was taken. */
  beginChecking(key: JobKey, versionId: string, at: string): Promise<ImportJob | undefined>;
  /** Keeps the job's stop; fails if it has ended, or was stopped already. */
  stop(job: ImportJob & { readonly stop: Stop }): Write;
  /** checking → accepted, and into the queue; fails if it was stopped. */
  accept(job: ImportJob, rows: number, at: string): readonly Write[];
  /** Of a dry run: checking → accepted and ended; fails if it was stopped. */
  approve(job: ImportJob, rows: number, at: string): readonly Write[];
  /** uploading or checking → refused or stopped. */
  close(job: ImportJob, state: "refused" | "stopped", errors: number, at: string): readonly Write[];
  /** running → done, or stopped where rows were; out of the queue. A package keeps it open. */
  finish(job: ImportJob, counts: Counts, errors: number, at: string): readonly Write[];
  /** ready → making, without what has ended since; fails if it is being made. */
  remakePackage(job: ImportJob): readonly Write[];
  /** The package is there, and nothing is left to do. */
  keepPackage(job: ImportJob, made: { readonly size: number; readonly certificates: number }): readonly Write[];
};

/** How far a running job has come, and the queue of all tenants' running jobs. */
export type Progress = {
  /** Takes the turn of one advance of an accepted job; false if another advance has taken it. */
  claimTurn(job: ImportJob, turn: number, at: string): Promise<boolean>;
  /** Keeps what an advance has seen and sent; `moved` if that is more than before. */
  save(
    job: ImportJob,
    seen: Pick<ImportJob, "sentThrough" | "ended" | "pace"> & { readonly at: string; readonly moved: boolean },
  ): Promise<void>;
  /** Keeps how many licences have been given back; fails if another advance has kept more since this job was read. */
  saveReleasedLicences(job: ImportJob, freed: number): Write;
  /** Oldest first. */
  listQueue(): Promise<readonly QueuedJob[]>;
};

export type Rows = {
  /** Adds the rows that are not there yet, as "waiting". */
  add(rows: readonly ImportRow[]): Promise<void>;
  find(key: RowKey): Promise<ImportRow | undefined>;
  /** Every row, or those in some states; in the file's order. */
  list(key: JobKey, states?: readonly RowState[]): Promise<readonly ImportRow[]>;
  /** waiting → issuing; fails with RowMoved if the row has moved on. */
  markIssuing(key: RowKey, certificateId: string): Write;
  /**
   * The row's end, counted in the same transaction; fails with RowMoved unless it is in `from`. Of 64 rows in a sequence
   * each is counted in another item.
   */
  end(key: RowKey, from: "waiting" | "issuing", end: RowEnd): readonly Write[];
  markResent(key: RowKey): Promise<void>;
  count(key: JobKey): Promise<Counts>;
};

/** What is wrong with a file, or with its rows. */
export type JobErrors = {
  /** Of many, keeps the first (`importLimits.errors`). */
  keep(key: JobKey, errors: readonly ImportError[]): Promise<void>;
  list(key: JobKey): Promise<readonly ImportError[]>;
};

/** Thrown by a commit whose row has moved on meanwhile: the same message was worked on elsewhere. */
export class RowMoved extends Error {}

export const ended = ({ done, failed, skipped, stopped }: Counts): number => done + failed + skipped + stopped;
