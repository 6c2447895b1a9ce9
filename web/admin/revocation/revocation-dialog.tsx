import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { messageText } from "../../../lambdas/contract/messages.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { useRevoke } from "./use-revoke.ts";
import type { Choice } from "./choice.ts";
import { ChoiceFields } from "./choice-fields.tsx";
import { ChosenCertificates } from "./chosen-certificates.tsx";
import { dayRefusal, slashed } from "./day.ts";
import { revocationWords } from "./words.ts";

type Props = {
  /** Live certificates, one at least. */
  readonly rows: readonly CertificateRow[];
  /** Told each certificate as it stands after it. */
  readonly changed: (row: CertificateRow) => void;
  /** Closes after the work is done. */
  readonly close: () => void;
  /** Closes with nothing done. */
  readonly giveUp: () => void;
};

/** 失効: the certificates, at once or on a day, the question, the outcome of each. */
export function RevocationDialog({ rows, changed, close, giveUp }: Props) {
  const t = useWords(revocationWords);
  const { language } = useSpeech();
  const [step, setStep] = useState<"choose" | "confirm" | "done">("choose");
  const [shown, setShown] = useState(rows);
  const [choice, setChoice] = useState<Choice>(() => firstChoice(rows));
  const [asked, setAsked] = useState(false);
  const [now] = useState(() => Date.now());
  const { outcomes, sending, carryOut, forget } = useRevoke((fresh) => {
    setShown((before) => before.map((row) => (row.certificateId === fresh.certificateId ? fresh : row)));
    changed(fresh);
  });
  const refused = [...outcomes.values()].flatMap((outcome) => (outcome.state === "refused" ? [outcome.notice] : []));
  const anyDone = [...outcomes.values()].some(({ state }) => state === "done");
  const refusal = choice.action === "day" ? dayRefusal(choice.day, now) : undefined;
  const day = slashed(choice.day);

  const confirm = () => {
    setAsked(true);
    if (refusal === undefined) setStep("confirm");
  };
  const back = () => {
    forget();
    setStep("choose");
  };
  const ok = async () => {
    if (await carryOut(shown, choice)) setStep("done");
  };
  const leave = anyDone ? close : giveUp;
  return (
    <Modal
      visible
      size={rows.length > 1 ? "max" : "large"}
      header={t.title}
      onDismiss={() => !sending && leave()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {step === "choose" && <Button onClick={leave}>{t.cancel}</Button>}
            {step === "choose" && (
              <Button variant="primary" onClick={confirm}>
                {t.confirm}
              </Button>
            )}
            {step === "confirm" && (
              <Button disabled={sending} onClick={back}>
                {t.back}
              </Button>
            )}
            {step === "confirm" && (
              <Button variant="primary" loading={sending} onClick={() => void ok()}>
                {t.ok}
              </Button>
            )}
            {step === "done" && (
              <Button variant="primary" onClick={close}>
                {t.close}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {step === "confirm" && !sending && refused[0] && (
          <div role="alert">
            <Alert
              type="error"
              header={rows.length > 1 ? t.someRefused(refused.length, rows.length) : refused[0].header}
            >
              {rows.length > 1 ? t.someRefusedAdvice : refused[0].content}
            </Alert>
          </div>
        )}
        {step === "choose" && <Box>{t.check}</Box>}
        {step === "confirm" && (
          <div role="alert">
            <Alert type="warning">{t.question[choice.action](day)}</Alert>
          </div>
        )}
        {step === "done" && (
          <div role="status">
            <Alert type="success" header={t.done[choice.action](day)}>
              {t.doneAdvice[choice.action]}
            </Alert>
          </div>
        )}
        <ChosenCertificates rows={shown} outcomes={outcomes} />
        {step === "choose" && (
          <ChoiceFields
            choice={choice}
            edit={setChoice}
            planned={shown.every(({ revokeOn }) => revokeOn !== undefined)}
            dayError={asked && refusal ? messageText(refusal, language) : undefined}
            now={now}
          />
        )}
        {step !== "done" && (choice.action !== "day" || refusal === undefined) && (
          <Alert type="info" header={t.what[choice.action](day)}>
            {t.truth[choice.action].map((sentence) => (
              <div key={sentence}>{sentence}</div>
            ))}
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}

/** A plan that all of them share is what the window begins with: it is changed more often than carried out early. */
function firstChoice(rows: readonly CertificateRow[]): Choice {
  const [first, ...others] = rows;
  const plan = first?.revokeOn;
  const shared = plan !== undefined && others.every(({ revokeOn }) => revokeOn === plan);
  if (!shared) return { action: "now", reason: "unspecified", day: "" };
  const day = new Date(Date.parse(plan) + 9 * 3_600_000).toISOString().slice(0, 10);
  return { action: "day", reason: first?.revocationReason ?? "unspecified", day };
}
