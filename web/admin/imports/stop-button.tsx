import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import type { ImportJobRow } from "../../../lambdas/contract/imports.ts";
import { useCall, useNotices, useSpeech, useWords } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";
import { counted } from "./counted.ts";
import { endedRows } from "./job-progress.tsx";
import { QuestionFrame } from "./question-frame.tsx";
import { stopWords } from "./stop-words.ts";

type Props = {
  readonly job: ImportJobRow;
  /** It was stopped, or could not be: the page asks again how the file is. */
  readonly onAnswer: () => void;
};

/** Whether a file can be stopped: a dry run is over when it was checked. */
export const stoppable = ({ endedAt, stop, dryRun }: ImportJobRow): boolean =>
  endedAt === undefined && stop === undefined && !dryRun;

/** 中止: asks once more, and says what becomes of the rows. */
export function StopButton({ job, onAnswer }: Props) {
  const t = useWords(stopWords);
  const call = useCall();
  const { language } = useSpeech();
  const { tell } = useNotices();
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const { jobId, fileName, operation } = job;

  const send = async () => {
    setAsking(false);
    setSending(true);
    try {
      await call("stopImport", { params: { jobId } });
    } catch (cause) {
      tell(errorNotice(cause, language));
    } finally {
      setSending(false);
      onAnswer();
    }
  };

  return (
    <>
      <Button loading={sending} onClick={() => setAsking(true)}>
        {t.stop}
      </Button>
      {asking && (
        <QuestionFrame
          title={t.title}
          type="warning"
          sentence={t.question(fileName)}
          lines={[
            ...(job.rows > 0 ? [t.ended(counted(endedRows(job)), counted(job.rows))] : []),
            t.truth[operation],
            t.notBegun[operation],
            t.final,
          ]}
          ok={() => void send()}
          okText={t.ok}
          cancel={() => setAsking(false)}
        />
      )}
    </>
  );
}
