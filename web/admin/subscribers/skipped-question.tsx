import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { codeWords } from "../words.ts";
import { nameIn } from "./columns.tsx";
import type { ListAction, Skipped } from "./skipped.ts";
import { subscriberWords } from "./words.ts";

type Props = {
  readonly action: ListAction;
  readonly skipped: readonly Skipped[];
  /** How many remain. */
  readonly fit: number;
  readonly goOn: () => void;
  readonly cancel: () => void;
};

/** Names the chosen certificates that an action leaves out, each with the reason, before it goes on with the others. */
export function SkippedQuestion({ action, skipped, fit, goOn, cancel }: Props) {
  const t = useWords(subscriberWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  return (
    <Modal
      visible
      header={t.skippedTitle[action]}
      onDismiss={cancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button {...(fit === 0 ? { variant: "primary" } : {})} onClick={cancel}>
              {fit === 0 ? t.close : t.cancel}
            </Button>
            {fit > 0 && (
              <Button variant="primary" onClick={goOn}>
                {t.goOn(fit)}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box>{fit > 0 ? t.skipped(skipped.length, skipped.length + fit) : t.skippedAll(skipped.length)}</Box>
        <ul className="skipped">
          {skipped.map(({ row, reason }) => (
            <li key={row.certificateId}>
              {t.rowName(nameIn(language, row), codes.devices[row.device])}：{t.skippedBecause[reason]}
            </li>
          ))}
        </ul>
      </SpaceBetween>
    </Modal>
  );
}
