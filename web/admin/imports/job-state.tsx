import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { ImportJobRow, ImportState } from "../../../lambdas/contract/imports.ts";
import { useWords } from "../frame/contexts.ts";
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

/** A file's state; a finished one with failed rows is marked as such. */
export function JobState({ job: { state, failed } }: { readonly job: Pick<ImportJobRow, "state" | "failed"> }) {
  const t = useWords(jobWords);
  return (
    <StatusIndicator type={state === "done" && failed > 0 ? "warning" : signs[state]}>
      {t.states[state]}
    </StatusIndicator>
  );
}
