import { useWords } from "../frame/contexts.ts";
import { slashed } from "../revocation/day.ts";
import { QuestionFrame, type QuestionProps } from "./question-frame.tsx";
import { importWords } from "./words.ts";

/** Asks once more, with the count and the day. */
export function RevocationQuestion({ rows, when, ok, cancel }: QuestionProps) {
  const t = useWords(importWords);
  const day = slashed(when.day);
  return (
    <QuestionFrame
      title={t.commands.revoke}
      type="warning"
      sentence={t.question[when.action](rows.toLocaleString("en"), day)}
      lines={t.truth[when.action](day)}
      ok={ok}
      cancel={cancel}
    />
  );
}
