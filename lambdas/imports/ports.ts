import type { MailPorts } from "../notices/ports.ts";
import type { JobErrors, JobKey, Jobs, Progress, RowKey, Rows } from "./job.ts";

/** The ports of those that work on files. */
export type ImportPorts = MailPorts & {
  readonly jobs: Jobs;
  readonly progress: Progress;
  readonly rows: Rows;
  readonly jobErrors: JobErrors;
  readonly sendRows: (rows: readonly RowKey[]) => Promise<void>;
  /** Asks for an advance of the job after `seconds`. */
  readonly sendAdvance: (key: JobKey, turn: number, seconds: number) => Promise<void>;
  readonly sendPackage: (key: JobKey) => Promise<void>;
  readonly sendMarking: (key: JobKey) => Promise<void>;
};
