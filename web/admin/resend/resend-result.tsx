import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import type { Outcome } from "../subscribers/use-act.ts";
import { resendWords } from "./words.ts";

type Props = {
  readonly rows: readonly CertificateRow[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** By what rows differ. */
  readonly named: (row: CertificateRow) => string;
};

/** How many mails were sent again, and each certificate that was refused, with the reason. */
export function ResendResult({ rows, outcomes, named }: Props) {
  const t = useWords(resendWords);
  const refused = rows.flatMap((row) => {
    const outcome = outcomes.get(row.certificateId);
    return outcome?.state === "refused" ? [{ row, message: outcome.message }] : [];
  });
  const sent = rows.length - refused.length;
  return (
    <SpaceBetween size="s">
      {sent > 0 && (
        <div role="status">
          <Alert type="success" header={t.done(sent)}>
            {t.doneAdvice}
          </Alert>
        </div>
      )}
      {refused.length > 0 && (
        <div role="alert">
          <Alert type="error" header={t.refused(refused.length, rows.length)}>
            <ul className="skipped" tabIndex={0}>
              {refused.map(({ row, message }) => (
                <li key={row.certificateId}>{t.refusedRow(named(row), message)}</li>
              ))}
            </ul>
          </Alert>
        </div>
      )}
    </SpaceBetween>
  );
}
