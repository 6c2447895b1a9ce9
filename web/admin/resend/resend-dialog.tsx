import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { subscriberMails, type CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { nameIn } from "../subscribers/columns.tsx";
import { type Act, useAct } from "../subscribers/use-act.ts";
import { codeWords } from "../words.ts";
import { ResendResult } from "./resend-result.tsx";
import { resendWords } from "./words.ts";

const resending: Act<"resend"> = {
  ask: (call, { serviceId, certificateIds }, _, idempotencyKey) =>
    call("resendNotices", { params: { serviceId }, body: { certificateIds }, idempotencyKey }),
  choiceKey: (choice) => choice,
};

type Props = {
  readonly rows: readonly CertificateRow[];
  /** Is given each certificate as it is afterwards. */
  readonly changed: (row: CertificateRow) => void;
  /** Closes after something was done. */
  readonly close: () => void;
  /** Closes with nothing done. */
  readonly giveUp: () => void;
};

/** 案内メール再送: how many mails to how many people, the question, and what was refused. */
export function ResendDialog({ rows, changed, close, giveUp }: Props) {
  const t = useWords(resendWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const [done, setDone] = useState(false);
  const { outcomes, failure, sending, carryOut } = useAct(resending, changed);
  const named = (row: CertificateRow) => t.row(nameIn(language, row), codes.devices[row.device], row.certificateEmail);
  // A call that may be answered later is asked again; what the server has refused is not.
  const asking = !done && (failure === undefined || failure.again);
  const people = new Set(rows.map(({ subscriberId }) => subscriberId)).size;
  const leave = outcomes.size > 0 ? close : giveUp;
  const send = async () => setDone(await carryOut(rows, "resend"));
  return (
    <Modal
      visible
      size="large"
      header={t.title}
      onDismiss={() => !sending && leave()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button {...(asking ? {} : { variant: "primary" })} disabled={sending} onClick={leave}>
              {asking && outcomes.size === 0 ? t.cancel : t.close}
            </Button>
            {asking && (
              <Button variant="primary" loading={sending} onClick={() => void send()}>
                {t.send}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {!done && !sending && failure && (
          <Announced type="error" header={failure.notice.header}>
            {failure.notice.content}
            {failure.again && <div>{t.repeatAdvice}</div>}
          </Announced>
        )}
        {asking && (
          <Announced type="warning" header={t.question(rows.length * subscriberMails.length, people)}>
            {t.truth.map((sentence) => (
              <div key={sentence}>{sentence}</div>
            ))}
          </Announced>
        )}
        {done ? (
          <ResendResult rows={rows} outcomes={outcomes} named={named} />
        ) : (
          <div>
            <Box variant="h3">{t.chosen(rows.length)}</Box>
            <ul className="skipped" tabIndex={0}>
              {rows.map((row) => (
                <li key={row.certificateId}>{named(row)}</li>
              ))}
            </ul>
          </div>
        )}
      </SpaceBetween>
    </Modal>
  );
}

type AnnouncedProps = { readonly type: "error" | "warning"; readonly header: ReactNode; readonly children: ReactNode };

const Announced = ({ type, header, children }: AnnouncedProps) => (
  <div role="alert">
    <Alert type={type} header={header}>
      {children}
    </Alert>
  </div>
);
