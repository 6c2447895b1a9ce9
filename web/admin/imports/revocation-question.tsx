import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWords } from "../frame/contexts.ts";
import { slashed } from "../revocation/day.ts";
import type { When } from "./when-fields.tsx";
import { importWords } from "./words.ts";

export type QuestionProps = {
  readonly rows: number;
  readonly when: When;
  readonly ok: () => void;
  readonly cancel: () => void;
};

/** Asks once more, with the count and the day. */
export function RevocationQuestion({ rows, when, ok, cancel }: QuestionProps) {
  const t = useWords(importWords);
  const day = slashed(when.day);
  return (
    <Modal
      visible
      header={t.commands.revoke}
      onDismiss={cancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={cancel}>
              {t.cancel}
            </Button>
            <Button formAction="none" variant="primary" onClick={ok}>
              {t.ok}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <div role="alert">
        <Alert type="warning" header={t.question[when.action](rows.toLocaleString("en"), day)}>
          {t.truth[when.action](day).map((sentence) => (
            <div key={sentence}>{sentence}</div>
          ))}
        </Alert>
      </div>
    </Modal>
  );
}
