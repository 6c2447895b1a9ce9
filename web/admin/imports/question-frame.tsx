import Alert, { type AlertProps } from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import type { When } from "./when-fields.tsx";
import { importWords } from "./words.ts";

/** What a question before sending is asked about, and what follows it. */
export type QuestionProps = {
  readonly fileName: string;
  readonly rows: number;
  /** Contact addresses in the file. */
  readonly people: number;
  readonly bulkDownload: boolean;
  readonly when: When;
  /** As it is now. */
  readonly service: Service;
  readonly ok: () => void;
  readonly cancel: () => void;
};

type Props = {
  readonly title: string;
  readonly type: AlertProps.Type;
  /** What is going to happen, in one sentence that asks. */
  readonly sentence: string;
  readonly lines: readonly string[];
  /** Where it is more than consent. */
  readonly okText?: string;
} & Pick<QuestionProps, "ok" | "cancel">;

/** Asks once more before a file is sent. */
export function QuestionFrame({ title, type, sentence, lines, ok, okText, cancel }: Props) {
  const t = useWords(importWords);
  return (
    <Modal
      visible
      header={title}
      onDismiss={cancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={cancel}>
              {t.cancel}
            </Button>
            <Button formAction="none" variant="primary" onClick={ok}>
              {okText ?? t.ok}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <div role="alert">
        <Alert type={type} header={sentence}>
          {lines.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </Alert>
      </div>
    </Modal>
  );
}
