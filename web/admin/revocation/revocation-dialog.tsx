import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { messageText } from "../../../lambdas/contract/messages.ts";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { dateText } from "../../shared/moment.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import type { Choice } from "./choice.ts";
import { ChoiceFields } from "./choice-fields.tsx";
import { ChosenCertificates } from "./chosen-certificates.tsx";
import { dayRefusal, slashed } from "./day.ts";
import { DialogResult } from "./dialog-result.tsx";
import { isRevocable } from "./revocable.ts";
import { useRevoke } from "./use-revoke.ts";
import { revocationWords } from "./words.ts";

type Props = {
  /** Certificates of one person or several. Those that cannot be revoked are shown as left out. */
  readonly rows: readonly CertificateRow[];
  /** Is given each certificate as it is afterwards. */
  readonly changed: (row: CertificateRow) => void;
  /** Closes after something was done. */
  readonly close: () => void;
  /** Closes with nothing done. */
  readonly giveUp: () => void;
};

/** 失効: the certificates, immediately or on a day, the question, and how it went with each. */
export function RevocationDialog({ rows, changed, close, giveUp }: Props) {
  const t = useWords(revocationWords);
  const { language } = useSpeech();
  const [step, setStep] = useState<"choose" | "confirm" | "done">("choose");
  const [shown, setShown] = useState(rows);
  const [wanted] = useState(() => rows.filter(isRevocable));
  const [choice, setChoice] = useState<Choice>(() => firstChoice(wanted));
  const [asked, setAsked] = useState(false);
  const [now] = useState(() => Date.now());
  const { outcomes, failure, sending, carryOut, forgetFailure } = useRevoke((fresh) => {
    setShown((before) => before.map((row) => (row.certificateId === fresh.certificateId ? fresh : row)));
    changed(fresh);
  });
  const refusal = choice.action === "day" ? dayRefusal(choice.day, now) : undefined;
  const day = slashed(choice.day);
  // A call that may be answered later is asked again; what the server has refused is not.
  const asking = step === "confirm" && (failure === undefined || failure.again);

  const confirm = () => {
    setAsked(true);
    if (refusal === undefined) setStep("confirm");
  };
  const back = () => {
    forgetFailure();
    setStep("choose");
  };
  const ok = async () => {
    if (await carryOut(wanted, choice)) setStep("done");
  };
  const leave = outcomes.size > 0 ? close : giveUp;
  const confirming = [
    // What was answered is done: another choice is no longer for all of them.
    outcomes.size === 0 || sending ? (
      <Button key="back" disabled={sending} onClick={back}>
        {t.back}
      </Button>
    ) : (
      <Button key="close" onClick={leave}>
        {t.close}
      </Button>
    ),
    ...(asking
      ? [
          <Button key="ok" variant="primary" loading={sending} onClick={() => void ok()}>
            {t.ok}
          </Button>,
        ]
      : []),
  ];
  const choosing = [
    <Button key="cancel" onClick={leave}>
      {t.cancel}
    </Button>,
    <Button key="confirm" variant="primary" disabled={wanted.length === 0} onClick={confirm}>
      {t.confirm}
    </Button>,
  ];
  const closing = [
    <Button key="close" variant="primary" onClick={leave}>
      {t.close}
    </Button>,
  ];
  return (
    <Modal
      visible
      size={rows.length > 1 ? "max" : "large"}
      header={t.title}
      onDismiss={() => !sending && leave()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {{ choose: choosing, confirm: confirming, done: closing }[step]}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {step === "choose" && <Box>{wanted.length === 0 ? t.noneLeft : t.check}</Box>}
        {step === "confirm" && !sending && failure && (
          <div role="alert">
            <Alert type="error" header={failure.notice.header}>
              {failure.notice.content}
              {failure.again && <div>{t.repeatAdvice}</div>}
            </Alert>
          </div>
        )}
        {asking && (
          <div role="alert">
            <Alert type="warning">{t.question[choice.action](day)}</Alert>
          </div>
        )}
        {step === "done" && <DialogResult choice={choice} outcomes={outcomes} />}
        <ChosenCertificates rows={shown} outcomes={outcomes} />
        {step === "choose" && wanted.length > 0 && (
          <ChoiceFields
            choice={choice}
            edit={setChoice}
            planned={wanted.every(({ revokeOn }) => revokeOn !== undefined)}
            dayError={asked && refusal ? messageText(refusal, language) : undefined}
            now={now}
          />
        )}
        {step !== "done" && wanted.length > 0 && (choice.action !== "day" || refusal === undefined) && (
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
  return { action: "day", reason: first?.revocationReason ?? "unspecified", day: dateText(plan) };
}
