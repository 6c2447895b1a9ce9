import Alert, { type AlertProps } from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useLocation } from "wouter";
import type { ImportJobRow } from "../../../lambdas/contract/imports.ts";
import { useWords } from "../frame/contexts.ts";
import { originOf, windows } from "./addresses.ts";
import { counted } from "./counted.ts";
import { dryRunWords } from "./dry-run-words.ts";
import { jobWords } from "./job-words.ts";

type Said = { readonly type: AlertProps.Type; readonly header: string; readonly advice: readonly string[] };

/** What has become of a file, in a few sentences, and what to do about it. `list`: the address it was uploaded from, where known. */
export function JobOutcome({ job, list }: { readonly job: ImportJobRow; readonly list: string | undefined }) {
  const t = useWords(jobWords);
  const [, navigate] = useLocation();
  const { type, header, advice } = said(job, t, useWords(dryRunWords));
  const people = list ?? originOf(job);
  const again = list === undefined ? people : `${list}/${windows[job.operation]}`;
  const next =
    job.state === "refused" || (job.state === "stopped" && job.stopped === 0)
      ? { text: t.retry, address: again }
      : job.endedAt !== undefined && job.acceptedAt !== undefined && !job.dryRun
        ? { text: t.toPeople, address: people }
        : undefined;
  return (
    <div role="status">
      <Alert
        type={type}
        header={header}
        {...(next ? { action: <Button onClick={() => navigate(next.address)}>{next.text}</Button> } : {})}
      >
        {advice.map((sentence) => (
          <div key={sentence}>{sentence}</div>
        ))}
      </Alert>
    </div>
  );
}

function said(job: ImportJobRow, t: (typeof jobWords)["ja"], dry: (typeof dryRunWords)["ja"]): Said {
  const { state, operation, failed, skipped, stopped, done, on } = job;
  if (job.stop !== undefined && job.endedAt === undefined)
    return { type: "warning", header: t.stopping, advice: [t.stoppingAdvice] };
  if (state === "uploading") return { type: "info", header: t.uploading, advice: [t.uploadingAdvice] };
  if (state === "checking") return { type: "info", header: t.checking, advice: [t.checkingAdvice] };
  if (job.dryRun && state === "accepted")
    return { type: "info", header: dry.header, advice: [dry.advice(counted(job.rows))] };
  if (state === "refused") return { type: "error", header: t.refused, advice: [t.refusedAdvice] };
  if (state === "stopped" && stopped === 0) return { type: "warning", header: t.stopped, advice: [t.stoppedAdvice] };
  if (state !== "done" && state !== "stopped")
    return { type: "success", header: t.accepted, advice: [t.acceptedAdvice[operation]] };
  const { doneAdvice } = t;
  const worked = [
    on === undefined ? doneAdvice[operation](counted(done)) : doneAdvice.planned(counted(done), on),
    ...(skipped > 0 ? [t.skippedAdvice(counted(skipped))] : []),
  ];
  if (stopped > 0)
    return { type: "warning", header: t.stopped, advice: [...worked, t.notBegunAdvice(counted(stopped))] };
  if (failed === 0) return { type: "success", header: t.done, advice: worked };
  return { type: "warning", header: t.someFailed(counted(failed)), advice: [...worked, t.someFailedAdvice] };
}
