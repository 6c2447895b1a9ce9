import ProgressBar from "@cloudscape-design/components/progress-bar";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { nameAfter } from "../../../lambdas/contract/file-name.ts";
import type { ImportLayout } from "../../../lambdas/contract/import-layouts.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import type { ChosenFile } from "./chosen-file.ts";
import { counted } from "./counted.ts";
import { ErrorTable } from "./error-table.tsx";
import { shownError } from "./error-text.ts";
import { jobWords } from "./job-words.ts";
import { importWords } from "./words.ts";

/** What the check of a chosen file has come to: all of its rows, by the rules that the server asks too. */
export function FileCheck({ file, check, layout }: ChosenFile & { readonly layout: ImportLayout }) {
  const t = useWords(importWords);
  const jobs = useWords(jobWords);
  const { language } = useSpeech();
  if (check.state === "refused" || check.state === "unreadable") return null;
  if (check.state === "reading") return <StatusIndicator type="loading">{t.check.reading}</StatusIndicator>;
  const rows = check.content.records.length;
  if (check.state === "checking")
    return (
      <ProgressBar
        label={t.check.reading}
        value={Math.floor((check.rows / rows) * 100)}
        description={t.check.progress(counted(check.rows), counted(rows))}
      />
    );
  if (check.state === "right")
    return (
      <span role="status">
        <StatusIndicator type="success">{t.check.right(counted(rows))}</StatusIndicator>
      </span>
    );
  return (
    <ErrorTable
      title={jobs.told.refused}
      message={jobs.message.refused}
      errors={check.errors}
      show={(error) => shownError(error, layout, language)}
      total={check.errors.length}
      ofCells
      savedName={nameAfter(file.name, jobs.savedEnding.refused)}
    />
  );
}
