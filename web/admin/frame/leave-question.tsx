import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

/** Asks whether to discard unsaved input. */
export function LeaveQuestion({ stay, leave }: { readonly stay: () => void; readonly leave: () => void }) {
  const t = useWords(frameWords);
  return (
    <Modal
      visible
      header={t.unsaved}
      onDismiss={stay}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary" onClick={stay}>
              {t.stay}
            </Button>
            <Button onClick={leave}>{t.discard}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      {t.unsavedAdvice}
    </Modal>
  );
}
