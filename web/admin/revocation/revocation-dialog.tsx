import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { type CertificateRow, type RevocationReason, revocationReasons } from "../../../lambdas/contract/shapes.ts";
import { type Notice, useCall, useSpeech, useWords } from "../frame/contexts.ts";
import { troubleNotice } from "../frame/trouble.tsx";
import { codeWords } from "../words.ts";
import { CertificateDetails } from "./certificate-details.tsx";
import { revocationWords } from "./words.ts";

type Props = {
  readonly row: CertificateRow;
  /** Told the certificate as it stands after its revocation. */
  readonly revoked: (row: CertificateRow) => void;
  /** Closes after the work is done. */
  readonly close: () => void;
  /** Closes with nothing done. */
  readonly giveUp: () => void;
};

/** 失効: the certificate and a reason, the question, the outcome. */
export function RevocationDialog({ row, revoked, close, giveUp }: Props) {
  const t = useWords(revocationWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const call = useCall();
  const [step, setStep] = useState<"choose" | "confirm" | "done">("choose");
  const [shown, setShown] = useState(row);
  const [reason, setReason] = useState<RevocationReason>("unspecified");
  const [trouble, setTrouble] = useState<Notice>();
  const [sending, setSending] = useState(false);
  const underWay = useRef(false);
  // Another reason is another intention: each has its key, so that a retry of one is answered as the first was.
  const [keys] = useState(() => new Map(revocationReasons.map((one) => [one, crypto.randomUUID()])));

  async function revoke() {
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    setTrouble(undefined);
    try {
      const params = { certificateId: row.certificateId };
      const fresh = await call("revokeCertificate", {
        params,
        body: { reason },
        idempotencyKey: keys.get(reason) ?? "",
      });
      setShown(fresh);
      revoked(fresh);
      setStep("done");
    } catch (cause) {
      setTrouble(troubleNotice(cause, language));
    } finally {
      underWay.current = false;
      setSending(false);
    }
  }

  const back = () => {
    setTrouble(undefined);
    setStep("choose");
  };
  const leave = step === "done" ? close : giveUp;
  return (
    <Modal
      visible
      size="large"
      header={t.title}
      onDismiss={() => !sending && leave()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {step === "choose" && <Button onClick={giveUp}>{t.cancel}</Button>}
            {step === "choose" && (
              <Button variant="primary" onClick={() => setStep("confirm")}>
                {t.confirm}
              </Button>
            )}
            {step === "confirm" && (
              <Button disabled={sending} onClick={back}>
                {t.back}
              </Button>
            )}
            {step === "confirm" && (
              <Button variant="primary" loading={sending} onClick={() => void revoke()}>
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
        {trouble && (
          <div role="alert">
            <Alert type="error" header={trouble.header}>
              {trouble.content}
            </Alert>
          </div>
        )}
        {step === "choose" && <Box>{t.check}</Box>}
        {step === "confirm" && (
          <div role="alert">
            <Alert type="warning">{t.question}</Alert>
          </div>
        )}
        {step === "done" && (
          <div role="status">
            <Alert type="success" header={t.done}>
              {t.doneAdvice}
            </Alert>
          </div>
        )}
        <CertificateDetails row={shown} {...(step === "confirm" ? { reason } : {})} />
        {step === "choose" && (
          <FormField label={t.reason} description={t.reasonAdvice}>
            <Select
              selectedOption={{ value: reason, label: codes.reasons[reason] }}
              options={revocationReasons.map((value) => ({ value, label: codes.reasons[value] }))}
              onChange={({ detail }) =>
                setReason(revocationReasons.find((one) => one === detail.selectedOption.value) ?? "unspecified")
              }
              expandToViewport
            />
          </FormField>
        )}
        {step !== "done" && (
          <Alert type="info" header={t.what}>
            {t.truth.map((sentence) => (
              <div key={sentence}>{sentence}</div>
            ))}
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}
