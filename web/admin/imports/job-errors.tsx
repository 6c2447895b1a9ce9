import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import { nameAfter } from "../../../lambdas/contract/file-name.ts";
import type { ImportJobRow, RowOutcome } from "../../../lambdas/contract/imports.ts";
import type { Reply } from "../../../lambdas/contract/route.ts";
import { useWords } from "../frame/contexts.ts";
import { ErrorTable } from "./error-table.tsx";
import { jobWords } from "./job-words.ts";

type Errors = Reply<AdminRoutes["getImport"]>["errors"];

/** What is wrong where: the mistakes of a refused file; else the rows that failed, were not begun, or had nothing to do. */
export function JobErrors({ job, errors }: { readonly job: ImportJobRow; readonly errors: Errors }) {
  if (job.acceptedAt === undefined) return <Told job={job} kind="refused" errors={errors} total={job.mistakes} />;
  const skipped = errors.filter(({ outcome }) => outcome === "skipped");
  const stopped = errors.filter(({ outcome }) => outcome === "stopped");
  const failed = errors.filter(({ outcome }) => outcome === undefined || outcome === "failed");
  return (
    <SpaceBetween size="l">
      {failed.length > 0 && <Told job={job} kind="failed" errors={failed} total={job.failed} />}
      {stopped.length > 0 && <Told job={job} kind="stopped" errors={stopped} total={job.stopped} />}
      {skipped.length > 0 && <Told job={job} kind="skipped" errors={skipped} total={job.skipped} />}
    </SpaceBetween>
  );
}

type ToldProps = {
  readonly job: ImportJobRow;
  readonly kind: "refused" | RowOutcome;
  readonly errors: Errors;
  /** Of this kind, also those that are not among `errors`. */
  readonly total: number;
};

function Told({ job, kind, errors, total }: ToldProps) {
  const t = useWords(jobWords);
  return (
    <ErrorTable
      title={t.told[kind]}
      message={t.message[kind]}
      errors={errors}
      show={({ value = "", ...error }) => ({ ...error, value })}
      total={total}
      ofCells={kind !== "skipped" && kind !== "stopped"}
      savedName={nameAfter(job.fileName, t.savedEnding[kind])}
      {...(kind === "refused" ? { restAdvice: t.restOfMistakes } : {})}
    />
  );
}
