import ProgressBar from "@cloudscape-design/components/progress-bar";
import type { ImportJobRow } from "../../../lambdas/contract/imports.ts";
import { useWords } from "../frame/contexts.ts";
import { counted } from "./counted.ts";
import { jobWords } from "./job-words.ts";

/** Rows that were worked on to their end, whichever; a stopped file's other rows never come to one. */
export const endedRows = ({ done, failed, skipped }: ImportJobRow): number => done + failed + skipped;

/** 「120 / 300 行、失敗 2 行」 */
export function useTally(): (job: ImportJobRow) => string {
  const t = useWords(jobWords);
  return (job) =>
    [
      t.ended(counted(endedRows(job)), counted(job.rows)),
      ...(job.failed > 0 ? [t.failed(counted(job.failed))] : []),
      ...(job.skipped > 0 ? [t.skipped(counted(job.skipped))] : []),
      ...(job.stopped > 0 ? [t.notBegun(counted(job.stopped))] : []),
    ].join(t.comma);
}

/** How far a file has come. The percentage is rounded down: 100 % is said of nothing but the end. */
export function JobProgress({ job, children }: { readonly job: ImportJobRow; readonly children?: React.ReactNode }) {
  const t = useWords(jobWords);
  const tally = useTally();
  const part = job.rows === 0 ? 0 : Math.floor((endedRows(job) / job.rows) * 100);
  return (
    <ProgressBar
      value={part}
      ariaLabel={t.progressOf(job.fileName)}
      description={tally(job)}
      additionalInfo={children}
    />
  );
}
