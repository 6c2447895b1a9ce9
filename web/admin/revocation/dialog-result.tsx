import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useWords } from "../frame/contexts.ts";
import type { Choice } from "./choice.ts";
import { slashed } from "./day.ts";
import type { Outcome } from "../subscribers/use-act.ts";
import { revocationWords } from "./words.ts";

type Props = { readonly choice: Choice; readonly outcomes: ReadonlyMap<string, Outcome> };

/** What was done, and what was refused: both are final. */
export function DialogResult({ choice, outcomes }: Props) {
  const t = useWords(revocationWords);
  const all = [...outcomes.values()];
  const done = all.filter(({ state }) => state === "done").length;
  const refused = all.flatMap((one) => (one.state === "refused" ? [one.message] : []));
  const [reason] = refused;
  return (
    <SpaceBetween size="s">
      {done > 0 && (
        <div role="status">
          <Alert type="success" header={t.done[choice.action](done, slashed(choice.day))}>
            {t.doneAdvice[choice.action]}
          </Alert>
        </div>
      )}
      {refused.length > 0 && (
        <div role="alert">
          <Alert type="error" header={all.length === 1 ? reason : t.someRefused(refused.length, all.length)}>
            {all.length > 1 && (done > 0 ? t.someRefusedAdvice : t.allRefusedAdvice)}
          </Alert>
        </div>
      )}
    </SpaceBetween>
  );
}
