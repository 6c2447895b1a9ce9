import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import type { CertificateRow, Registration } from "../../../lambdas/contract/shapes.ts";
import { useNotices, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import type { Place, OrganizationPath } from "../subscribers/organization-path.ts";
import { ConfirmStep } from "./confirm-step.tsx";
import { DoneStep } from "./done-step.tsx";
import { type Draft, emptyDraft, errorsOfProblem, type FieldErrors } from "./draft.ts";
import { InputStep } from "./input-step.tsx";
import { useIdempotencyKey } from "./idempotency-key.ts";
import { useSending } from "./sending.ts";
import { StepList } from "./step-list.tsx";
import { registrationWords } from "./words.ts";

type Step =
  | { readonly name: "input" }
  | { readonly name: "confirm"; readonly registration: Registration; readonly key: string }
  | { readonly name: "done"; readonly certificates: readonly CertificateRow[] };

/** Input, confirmation, completion; what was typed outlives the way back. */
export function RegistrationSteps({ ids, place }: { readonly ids: OrganizationPath; readonly place: Place }) {
  const t = useWords(registrationWords);
  const { tell, clear } = useNotices();
  const [, navigate] = useLocation();
  const [step, setStep] = useState<Step>({ name: "input" });
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [refused, setRefused] = useState<FieldErrors>({});
  const intention = useIdempotencyKey();
  const { sending, send } = useSending(ids);

  async function decide(confirmed: Registration, key: string) {
    const outcome = await send(confirmed, key);
    if (outcome.kind === "busy") return;
    if (outcome.kind === "accepted") {
      clear();
      setStep({ name: "done", certificates: outcome.certificates });
      return;
    }
    if (outcome.answered) intention.settle();
    const { errors, elsewhere } = outcome.problem
      ? errorsOfProblem(outcome.problem, draft, place.service.options)
      : { errors: {}, elsewhere: [] };
    const atFields = Object.keys(errors).length > 0;
    if (!atFields || elsewhere.length > 0)
      tell({ ...outcome.notice, content: [...elsewhere, outcome.notice.content].join(" ") });
    if (!atFields) return;
    setRefused(errors);
    setStep({ name: "input" });
  }

  return (
    <ContentLayout header={<Heading key={step.name} title={t.title[step.name]} />}>
      <SpaceBetween size="l">
        <StepList current={step.name} />
        {step.name === "input" && (
          <InputStep
            place={place}
            draft={draft}
            change={setDraft}
            refused={refused}
            forgive={setRefused}
            confirm={(registration) => {
              clear();
              setStep({ name: "confirm", registration, key: intention.keyFor(registration) });
            }}
          />
        )}
        {step.name === "confirm" && (
          <ConfirmStep
            place={place}
            registration={step.registration}
            sending={sending}
            back={() => {
              clear();
              setStep({ name: "input" });
            }}
            decide={() => void decide(step.registration, step.key)}
          />
        )}
        {step.name === "done" && (
          <DoneStep
            certificates={step.certificates}
            close={() => navigate(`/subscribers/${ids.serviceId}/${ids.organizationId}`)}
          />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
