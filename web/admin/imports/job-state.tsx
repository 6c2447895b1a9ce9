import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { ImportJobRow, ImportState } from "../../../lambdas/contract/imports.ts";
import { useWords } from "../frame/contexts.ts";
import { dryRunWords } from "./dry-run-words.ts";
import { jobWords } from "./job-words.ts";

const signs: Readonly<Record<ImportState, StatusIndicatorProps.Type>> = {
  uploading: "in-progress",
  checking: "in-progress",
  accepted: "pending",
  running: "in-progress",
  done: "success",
  stopped: "stopped",
  refused: "error",
};

type Props = { readonly job: Pick<ImportJobRow, "state" | "failed" | "dryRun" | "operation" | "stop" | "endedAt"> };

/** A file's state; a finished one with failed rows is marked as such, and one that was only checked. */
export function JobState({ job: { state, failed, dryRun, operation, stop, endedAt } }: Props) {
  const t = useWords(jobWords);
  const dry = useWords(dryRunWords);
  if (dryRun && state === "accepted") return <StatusIndicator type="info">{dry.checked[operation]}</StatusIndicator>;
  if (dryRun && state === "refused") return <StatusIndicator type="error">{dry.refused}</StatusIndicator>;
  if (stop !== undefined && endedAt === undefined)
    return <StatusIndicator type="in-progress">{t.beingStopped}</StatusIndicator>;
  return (
    <StatusIndicator type={state === "done" && failed > 0 ? "warning" : signs[state]}>
      {t.states[state]}
    </StatusIndicator>
  );
}
